"""Photos: with words or without, one or an album, into the open report or a new one."""

from io import BytesIO

from PIL import Image

from models.tables import Attachment, Ticket
from models.tables import Words as Written
from simulator.chat import Chat
from tests.bot.conftest import Office, sw
from tests.bot.test_stories import REPORT_A_PRINTER, the_ticket, walk
from tests.simulator.listening_desk import wait_until


def photo(colour: str = "red") -> bytes:
    """With the position where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 10.0, 12.5)}
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def stored(office: Office, count: int) -> list[Attachment]:
    """So many photos, once they have been fetched."""

    def all_there() -> list[Attachment] | None:
        photos = office.desk.all(Attachment)
        return photos if len(photos) == count and all(one.fetched_at for one in photos) else None

    return wait_until(all_there)


def words_of(office: Office) -> list[str]:
    return [row.text for row in office.desk.all(Written)]


def test_a_photo_with_words_begins_a_report_that_has_both(office: Office, juma: Chat) -> None:
    card = juma.send_photo(photo(), "Skrini <nyeusi> & kimya").answer()
    assert sw("Your photo has been received.") in card.text
    walk(juma, "Printa", "haichapishi", "00412", sw("Send"))
    (kept,) = stored(office, 1)
    assert kept.ticket_id == the_ticket(office.desk).id
    assert "Skrini <nyeusi> & kimya" in words_of(office)
    assert kept.content is not None
    with Image.open(BytesIO(kept.content)) as picture:
        assert picture.size == (40, 30)
        assert not picture.getexif()


def test_a_photo_without_words_joins_the_report_that_is_open(office: Office, juma: Chat) -> None:
    walk(juma, sw("Report a fault"), "Printa")
    juma.send_photo(photo()).answer()
    walk(juma, "haichapishi", "00412", sw("Send"))
    (kept,) = stored(office, 1)
    assert kept.ticket_id == the_ticket(office.desk).id


def test_a_picture_sent_as_a_file_is_a_photo(office: Office, juma: Chat) -> None:
    walk(juma, sw("Report a fault"), "Printa")
    juma.send_document(photo(), "skrini.jpg", "image/jpeg").answer()
    walk(juma, "haichapishi", "00412", sw("Send"))
    assert stored(office, 1)[0].content is not None


def test_an_album_of_three_is_one_report(office: Office, juma: Chat) -> None:
    before = len([message for message in juma.messages if message.by_bot])
    for number, colour in enumerate(("red", "green", "blue")):
        juma.send_photo(photo(colour), "Printa ya ofisi" if number == 0 else "", media_group="9917")
    juma.wait_for(lambda message: message.button("Printa") is not None)
    walk(juma, "Printa", "haichapishi", "00412", sw("Send"))
    ticket = the_ticket(office.desk)
    assert {one.ticket_id for one in stored(office, 3)} == {ticket.id}
    assert len([message for message in juma.messages if message.by_bot]) == before + 1


def test_what_is_no_picture_leaves_the_report_whole(office: Office, juma: Chat) -> None:
    walk(juma, sw("Report a fault"), *REPORT_A_PRINTER)
    juma.send_photo(b"\xff\xd8 this only begins like one").answer()
    juma.tap(sw("Send")).answer()
    assert len(office.desk.all(Ticket)) == 1

    def given_up() -> bool:
        (one,) = office.desk.all(Attachment)
        return one.fetch_due is None and one.content is None

    wait_until(given_up)


def test_a_file_that_is_too_large_is_answered_at_once(office: Office, juma: Chat) -> None:
    juma.send_document(photo(), "kubwa.png", "image/png", claimed_size=21 * 1024 * 1024)
    words_please = "The desk reads words and photos only. Please write what it is, or send a photo."
    assert juma.answer().text == sw(words_please)
    assert office.desk.all(Attachment) == []

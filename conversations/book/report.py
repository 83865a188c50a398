"""Report a fault, or ask for a service. Six screens: front page, category, fault, device, confirm, receipt."""

from conversations.book.words import own_words, tag
from conversations.steps import Answers, Asked, Choice, Conversation, Step
from locales import N_
from models.commands import ReportFault
from models.priority import Impact, Urgency


def about_a_device(answers: Answers) -> bool:
    return answers.get("asks_device") == "yes"


def not_on_record(answers: Answers) -> bool:
    return "known" not in answers


def report_fault(asked: Asked) -> ReportFault:
    answers = asked.answers
    return ReportFault(
        fault_code=answers.get("fault", ""),
        asset_tag=answers.get("device", ""),
        words=answers.get("words", ""),
        impact=Impact(answers.get("impact", Impact.PERSON)),
        # Asked how many are affected, people mean that it hurts now; otherwise the catalogue's default decides.
        urgency=Urgency.TODAY if "impact" in answers else Urgency.CAN_WAIT,
        caller=asked.caller,
        caller_name=answers.get("who", ""),
        conversation_id=asked.conversation_id,
    )


OWN_WORDS = N_("Type what happened, in your own words. Never write a password.")
RECEIPT = N_("Thank you. Your ticket is {number}. The ICT unit has been told. You will hear from us on this number.")

WHO = Step(
    name="who",
    text=N_("Your number is not on record. Type your name and office."),
    reads=own_words,
    when=not_on_record,
)

SEND = Choice("send", N_("Send"), also=("tuma", "ndiyo", "ndio", "sawa", "yes", "ok"))
DO_NOT = Choice("cancel", N_("Cancel"), also=("hapana", "no"), cancels=True)

REPORT = Conversation(
    name="report",
    title=N_("Fault report"),
    steps=(
        Step(name="category", text=N_("What is the fault about?"), offer="fault_categories"),
        Step(name="fault", text=N_("What is wrong?"), offer="faults_of_category"),
        Step(
            name="device",
            text=N_("Type the digits on the device's label."),
            offer="own_devices",
            choices=(Choice("", N_("I do not know it"), N_("Skip"), also=("ruka", "skip", "sijui")),),
            reads=tag,
            looks_up="device",
            when=about_a_device,
        ),
        WHO,
        Step(
            name="confirm",
            text=N_("{summary}. Send this report?"),
            offer="report_summary",
            choices=(
                SEND,
                Choice("words", N_("Add your own words"), N_("Add words"), also=("maelezo",), visits="words"),
                Choice("impact", N_("How many are affected"), N_("How many"), also=("wangapi",), visits="impact"),
                DO_NOT,
            ),
            example={"summary": "Printa, skana: Printa haionekani kwenye mtandao, MVM/ICT/00412"},
        ),
        Step(
            name="words",
            text=OWN_WORDS,
            reads=own_words,
            on_request=True,
        ),
        Step(
            name="impact",
            text=N_("Who cannot work because of this?"),
            on_request=True,
            choices=(
                Choice(Impact.PERSON, N_("Only me")),
                Choice(Impact.OFFICE, N_("My office")),
                Choice(Impact.FACILITY, N_("The whole facility, school or ward"), N_("Facility/school")),
                Choice(Impact.COUNCIL, N_("The whole council")),
            ),
        ),
    ),
    command=report_fault,
    receipt=RECEIPT,
    receipt_example={"number": "2600123-9"},
)

# Words that came unasked, in one message. Who wrote a keyword before them has typed `send` ahead; anyone else is asked.
REPORT_WORDS = Conversation(
    name="report_words",
    title=N_("Fault report"),
    steps=(
        Step(name="words", text=OWN_WORDS, reads=own_words),
        Step(
            name="confirm",
            text=N_("Shall we send your words to the ICT unit as a fault report?"),
            choices=(SEND, DO_NOT),
        ),
        WHO,
    ),
    command=report_fault,
    receipt=RECEIPT,
    receipt_example={"number": "2600123-9"},
)

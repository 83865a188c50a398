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


OWN_WORDS = N_("Type what happened. Never type a password.")
RECEIPT = N_("Thank you. Your ticket is {number}. The ICT unit has been told. You will hear from us.")

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
        Step(name="category", text=N_("What is it about?"), offer="fault_categories"),
        Step(name="fault", text=N_("What exactly?"), offer="faults_of_category"),
        Step(
            name="device",
            text=N_("Which device? Type the digits on its label."),
            offer="own_devices",
            choices=(Choice("", N_("I do not know it"), N_("Skip"), also=("ruka", "skip", "sijui")),),
            reads=tag,
            looks_up="device",
            when=about_a_device,
        ),
        WHO,
        Step(
            name="confirm",
            text=N_("{summary}. Send?"),
            offer="report_summary",
            choices=(
                SEND,
                Choice("words", N_("Add your own words"), N_("Add words"), also=("maelezo",), visits="words"),
                Choice("impact", N_("Who is affected"), also=("wangapi",), visits="impact"),
                DO_NOT,
            ),
        ),
        Step(
            name="words",
            text=OWN_WORDS,
            reads=own_words,
            on_request=True,
        ),
        Step(
            name="impact",
            text=N_("Who is affected?"),
            on_request=True,
            choices=(
                Choice(Impact.PERSON, N_("Only me")),
                Choice(Impact.OFFICE, N_("My office")),
                Choice(Impact.FACILITY, N_("The whole facility, school or ward"), N_("Facility/school/ward")),
                Choice(Impact.COUNCIL, N_("The whole council")),
            ),
        ),
    ),
    command=report_fault,
    receipt=RECEIPT,
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
)

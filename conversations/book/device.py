"""Ask about a device: what it is, where, its state, its open ticket. One screen."""

from conversations.book.words import tag
from conversations.steps import Conversation, Step
from locales import N_

DEVICE = Conversation(
    name="device",
    steps=(
        Step(
            name="device",
            text=N_("Which device? Type the digits on its label, or its serial number."),
            offer="own_devices",
            reads=tag,
            looks_up="device",
        ),
        Step(
            name="card",
            text=N_("{card}"),
            offer="device_card",
        ),
    ),
)

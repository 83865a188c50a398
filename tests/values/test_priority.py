from datetime import timedelta

from models.priority import MATRIX, TARGETS, Impact, Priority, Urgency, priority_of


def test_the_matrix_of_the_design() -> None:
    rows = [" ".join(MATRIX[impact, urgency] for urgency in Urgency) for impact in Impact]
    assert rows == ["P1 P1 P2", "P1 P2 P3", "P2 P3 P3", "P3 P3 P4"]


def test_the_higher_of_the_matrix_and_the_catalogue_counts() -> None:
    assert priority_of(Impact.PERSON, Urgency.TODAY, Priority.P2) is Priority.P2
    assert priority_of(Impact.COUNCIL, Urgency.NOW, Priority.P4) is Priority.P1
    assert priority_of(Impact.PERSON, Urgency.CAN_WAIT) is Priority.P4


def test_a_unit_s_own_matrix_counts_instead() -> None:
    mild = dict.fromkeys(MATRIX, Priority.P3)
    assert priority_of(Impact.COUNCIL, Urgency.NOW, matrix=mild) is Priority.P3


def test_every_priority_has_its_target_and_higher_ones_are_sooner() -> None:
    assert TARGETS[Priority.P1] == (timedelta(minutes=15), timedelta(hours=4))
    assert [TARGETS[priority].resolution / timedelta(hours=1) for priority in Priority] == [4, 8, 24, 72]
    assert [TARGETS[priority].response / timedelta(minutes=1) for priority in Priority] == [15, 60, 240, 480]

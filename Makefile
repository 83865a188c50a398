# A thin face for make.py, which also runs without make: `py make.py run` on Windows.

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)
endif
NO_PYTHON = Dawati needs Python 3.11 or newer and found none; on Debian or Ubuntu: apt install python3 python3-venv

.DEFAULT_GOAL := help
.PHONY: help run install test check format shots

help run install test check format shots:
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@exec $(PYTHON) make.py $@

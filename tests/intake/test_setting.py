import os
import subprocess
import sys

from caseapp.intake.kinds import KINDS


def test_only_what_sets_pages_loads_weasyprint():
    """It takes longer to load than most children take to work."""
    setting = {KINDS["txt"].clean, KINDS["docx"].clean}
    functions = {function for kind in KINDS.values() for function in (kind.examine, kind.clean)} - setting
    modules = sorted({function.partition(":")[0] for function in functions} | {"caseapp.intake.docx.words"})
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(modules)}; print('weasyprint' in sys.modules)"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "caseapp.core.child_settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n", done.stderr

"""Runs `spark_seats.py` twice, kills one executor amid the second run, and compares the answers byte for byte.

`python kill_executor.py FOLDER`. Only processes that this script has started are killed. Linux alone, as it reads /proc.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def descendants(parent: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    lists = Path(f"/proc/{parent}/task").glob("*/children")
    found = [int(child) for children in lists for child in children.read_text().split()]
    return found + [deeper for child in found for deeper in descendants(child)]


def works_for_python(executor: int) -> bool:
    """Whether an executor has handed rows to Python, which is when districts get their seats."""
    return any(b"pyspark" in command(child) for child in descendants(executor))


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def kill_one_executor(driver: subprocess.Popen[bytes]) -> None:
    """Waits until an executor is at the seats, and ends it."""
    while driver.poll() is None:
        try:
            started = descendants(driver.pid)
            executors = [child for child in started if b"CoarseGrainedExecutorBackend" in command(child)]
            busy = [executor for executor in executors if works_for_python(executor)]
        except OSError:
            continue  # one ended while it was looked at
        if len(executors) == 2 and busy:
            os.kill(busy[0], signal.SIGKILL)
            print(f"killed executor {busy[0]} of {executors}")
            return
        time.sleep(0.02)
    raise SystemExit("the job ended before an executor could be killed")


def run(folder: str, out: Path, kill: bool) -> bytes:
    local = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    with tempfile.TemporaryFile() as log:
        job = [sys.executable, str(HERE / "spark_seats.py"), folder, str(out)]
        start = time.monotonic()
        driver = subprocess.Popen(job, env={**os.environ, **local}, stdout=log, stderr=log, cwd=out.parent)
        if kill:
            kill_one_executor(driver)
        status = driver.wait()
        log.seek(0)
        text = log.read()
    if status != 0 or kill != (b"Lost executor" in text):
        raise SystemExit(f"status {status}, and its log ends with\n{text.decode()[-3000:]}")
    print(f"{'with a killed executor' if kill else 'undisturbed'}: {time.monotonic() - start:.0f} s")
    return out.read_bytes()


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        undisturbed = run(folder, Path(scratch, "undisturbed.csv"), kill=False)
        killed = run(folder, Path(scratch, "killed.csv"), kill=True)
    if undisturbed != killed:
        raise SystemExit("the answers differ")
    lines = undisturbed.decode().splitlines()
    print(f"the same answer byte for byte, {len(lines)} lines, which begin with", *lines[:4], sep="\n")


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()))

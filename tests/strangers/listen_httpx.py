"""Listens by httpx-sse to what URL tells, comes back after a cut, and prints the ids it was told.

Run by an environment that has httpx-sse: `python listen_httpx.py URL LAST`; ends after id LAST.
"""

import sys
import time

import httpx  # type: ignore[import-not-found]  # here only
import httpx_sse  # type: ignore[import-not-found]  # here only

url, last = sys.argv[1], int(sys.argv[2])
told = ""
retry_seconds = 1.0
with httpx.Client(timeout=httpx.Timeout(10.0, read=60.0), trust_env=False) as client:
    while True:
        headers = {"Last-Event-ID": told} if told else {}
        try:
            with httpx_sse.connect_sse(client, "GET", url, headers=headers) as source:
                print("begun", flush=True)
                for event in source.iter_sse():
                    told = event.id or told
                    if event.retry is not None:
                        retry_seconds = event.retry / 1_000
                    if event.data:
                        print(event.id, event.event, flush=True)
                        if event.id == str(last):
                            sys.exit()
        except httpx.TransportError:
            pass  # it is cut off, or nobody listens there: again
        time.sleep(retry_seconds)

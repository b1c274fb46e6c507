"""What Debian's jupyter_client hears of our kernel, as one JSON object: the peers' own code starts it, checks signatures
and decides what a valid message is. Run by jupyter-client.test.ts."""

import json
import os
import sys
import time

import jupyter_client
from nbformat.v4 import output_from_msg
from nbformat import validate
from nbformat.v4 import new_code_cell, new_notebook

TIMEOUT = 60
OUTPUTS = ("stream", "display_data", "execute_result", "error")

manager = jupyter_client.KernelManager(kernel_name="tslab")
manager.shutdown_wait_time = 2 * TIMEOUT  # it is sent SIGTERM after half of it: it must have ended by itself
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=TIMEOUT)
found = {}


def reply_to(message_id, channel="shell"):
    get = client.get_shell_msg if channel == "shell" else client.get_control_msg
    while True:
        message = get(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") == message_id:
            return message["content"]


def published_for(message_id):
    """Everything on iopub up to idle; outputs are those that nbformat accepts."""
    messages = []
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != message_id:
            continue
        messages.append(message)
        if message["msg_type"] in OUTPUTS:
            cell = new_code_cell(outputs=[output_from_msg(message)])
            validate(new_notebook(cells=[cell]))
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return messages


def run(code, **options):
    message_id = client.execute(code, **options)
    published = published_for(message_id)
    return {
        "types": [message["msg_type"] for message in published],
        "contents": [message["content"] for message in published if message["msg_type"] != "status"],
        "reply": reply_to(message_id),
    }


def ask(send, *args, **options):
    message_id = send(*args, **options)
    reply = reply_to(message_id)
    published_for(message_id)
    return reply


def interrupted_once(code):
    message_id = client.execute(code)
    time.sleep(0.5)
    began = time.monotonic()
    manager.interrupt_kernel()
    reply = reply_to(message_id)
    published_for(message_id)
    return {"seconds": time.monotonic() - began, "reply": reply}


def interrupted(code):
    """The fastest of a few: a machine may be busy with something else for a while, a slow kernel always is."""
    attempts = []
    while len(attempts) < 5 and not any(attempt["seconds"] < 1 for attempt in attempts):
        attempts.append(interrupted_once(code))
    return min(attempts, key=lambda attempt: attempt["seconds"])


def beats_while_busy():
    """The client sends a beat each second and looks for its echo a second later: it is asked for a while."""
    holding = client.execute("const end = Date.now() + 6000; console.log('begun'); while (Date.now() < end);")
    while client.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
        pass
    time.sleep(2.2)
    beats = False
    for _ in range(25):
        beats = beats or client.hb_channel.is_beating()
        time.sleep(0 if beats else 0.1)
    reply_to(holding)
    return beats


def answers_strangers():
    """Whether a message signed with another key gets an answer."""
    own, client.session.key = client.session.key, b"another key"
    message_id = client.kernel_info()
    client.session.key = own
    try:
        while True:
            message = client.get_shell_msg(timeout=1)
            if message["parent_header"].get("msg_id") == message_id:
                return True
    except Exception:
        return False


def addresses_listened_on():
    """The addresses behind the ports of the connection file, as the system sees them; None where it does not tell."""
    if not os.path.exists("/proc/net/tcp"):
        return None
    ports = {f"{port:04X}" for port in manager.get_connection_info().values() if isinstance(port, int)}
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not os.path.exists(table):
            continue
        with open(table) as lines:
            for line in list(lines)[1:]:
                address, port = line.split()[1].split(":")
                if port in ports and line.split()[3] == "0A":
                    found.add(address)
    return sorted(found)


found["info"] = ask(client.kernel_info)
found["result"] = run("const answer = 6 * 7;\nanswer", user_expressions={"twice": "answer * 2", "wrong": "nothing"})
found["silent"] = run("console.log('heard'); 'not shown'", silent=True)
found["stream"] = run("console.log('out'); console.error('err')")
found["error"] = run("throw new RangeError('boum')")
found["complete"] = ask(client.complete, "answ", 4)
found["complete_after_emoji"] = ask(client.complete, "'🎉🎉'; answ", 10)
found["inspect"] = ask(client.inspect, "answer", 3)
found["incomplete"] = ask(client.is_complete, "if (answer) {")
found["complete_code"] = ask(client.is_complete, "answer")
found["history"] = ask(client.history, hist_access_type="tail", n=2)
found["comms"] = ask(client.comm_info)

# It fails when the second one stands in the queue.
first = client.execute("await new Promise((wake) => setTimeout(wake, 1000)); throw new Error('first')")
second = client.execute("console.log('second')")
found["after_error"] = {"first": reply_to(first), "second": reply_to(second)}
published_for(second)
found["then"] = run("console.log('third')")

asking = client.execute("console.log('hello', prompt('Who?'))", allow_stdin=True)
question = client.get_stdin_msg(timeout=TIMEOUT)
client.input("Ada")
found["input"] = {
    "question": question["content"],
    "texts": [m["content"]["text"] for m in published_for(asking) if m["msg_type"] == "stream"],
    "reply": reply_to(asking),
}

found["endless"] = interrupted("for (;;);")
found["microtasks"] = interrupted("while (true) await 1;")
found["kept"] = run("console.log(answer)")

found["beats_while_busy"] = beats_while_busy()

found["answers_strangers"] = answers_strangers()
found["listens_on"] = addresses_listened_on()
found["connection_file_mode"] = oct(os.stat(manager.connection_file).st_mode & 0o777)

manager.restart_kernel(now=False)
client.wait_for_ready(timeout=TIMEOUT)
found["after_restart"] = run("typeof (globalThis as Record<string, unknown>)['answer']")

client.execute("setInterval(() => {}, 1000)")
time.sleep(0.5)
began = time.monotonic()
manager.shutdown_kernel(now=False)
found["shutdown"] = {"seconds": time.monotonic() - began, "alive": manager.is_alive()}
client.stop_channels()

json.dump(found, sys.stdout)

"""Jupyter's own tests of a kernel, on ours: each message is held against Jupyter's specification of it.
Run by jupyter-client.test.ts."""

import unittest

import jupyter_kernel_test

#: Jupyter's own limits, 0.1 s for a message on iopub, are for a machine that has nothing else to do.
TIMEOUT = 60


def be_patient(channel):
    get_msg = channel.get_msg
    channel.get_msg = lambda timeout=None: get_msg(timeout=TIMEOUT)


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('test')"
    completion_samples = [
        {"text": "conso", "matches": {"console"}},
        {"text": "'🎉'; Math.fro", "matches": {"fround"}},
    ]
    complete_code_samples = ["1", "console.log('hello, world')", "function f(x: number) {\n  return x;\n}"]
    incomplete_code_samples = ["function f(x: number) {", "const a = `text", "/* comment", "f("]
    invalid_code_samples = ["const = 3", "a b c )"]
    code_generate_error = "throw new Error('boum')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2]", "result": "[ 1, 2 ]"},
    ]
    code_display_data = [
        {
            "code": "import * as tslab from 'tslab';\ntslab.display.html('<b>x</b>')",
            "mime": "text/html",
        },
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        be_patient(cls.kc.shell_channel)
        be_patient(cls.kc.iopub_channel)

    def flush_channels(self):
        """Reads on to the end of a request of its own: nothing of those before is left, however late it comes."""
        own = self.kc.kernel_info()
        while not self.is_about(own, self.kc.get_shell_msg()):
            pass
        while True:
            message = self.kc.get_iopub_msg()
            if self.is_about(own, message) and message["content"].get("execution_state") == "idle":
                return

    @staticmethod
    def is_about(request, message):
        jupyter_kernel_test.validate_message(message)
        return message["parent_header"].get("msg_id") == request


if __name__ == "__main__":
    unittest.main()

"""Jupyter's own tests of a kernel, on ours: each message is held against Jupyter's specification of it.
Run by jupyter-client.test.ts."""

import unittest

import jupyter_kernel_test


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


if __name__ == "__main__":
    unittest.main()

// Before each test file that shares its process with others: what it imports starts afresh, as in a process of its own.
import { vi } from "vitest";

vi.resetModules();

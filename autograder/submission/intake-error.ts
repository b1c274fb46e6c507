// Why a submission cannot be graded; its message is French and said to the student.

export class IntakeError extends Error {
  override readonly name = "IntakeError";
}

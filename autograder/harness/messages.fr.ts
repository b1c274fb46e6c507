// What the harness says to a student.

export const importRefused = (specifier: string): string =>
  `import « ${specifier.slice(0, 60)} » non autorisé : seul « retroprop » peut être importé.`;

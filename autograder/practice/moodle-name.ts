// The names that Moodle gives to what it lets one download: `Émilie Noël_123456_assignsubmission_file_`, `Participant 123`.

export interface MoodleName {
  /** Empty when Moodle hides it. */
  readonly name: string;
  /** The participant's number in this assignment: the `Identifier` of the grading worksheet. */
  readonly participant: string;
}

/** Reads the name of a folder, or of a file that Moodle wrote without folders; undefined when it is none of Moodle's. */
export function readMoodleName(text: string): MoodleName | undefined {
  const [, written, participant] = /^(.*?)[_ ](\d+)_assign(?:submission|feedback)_[a-z]+(?:_|$)/s.exec(text) ?? [];
  if (written !== undefined && participant !== undefined)
    return { name: isHidden(written) ? "" : written.trim(), participant };
  const hidden = /^Participant[ _]?(\d+)(?:$|[_./])/i.exec(text);
  return hidden === null ? undefined : { name: "", participant: hidden[1]! };
}

const isHidden = (name: string): boolean => /^Participant(?:[ _]?\d+)?$/i.test(name.trim());

/** A place in a file. */
export interface Place {
  /** The name of the file. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  end_line: number;
  end_column: number;
  /** In bytes of UTF-8, from 0. */
  start: number;
  end: number;
}

/** What is wrong in a file or doubtful, with its place, and what to write instead where that is known. */
export interface Finding {
  /** A stable code, such as `P0203`. */
  code: string;
  /** A remark is no mistake. */
  severity: 'error' | 'warning' | 'remark';
  /** One plain clause. */
  message: string;
  place: Place;
  /** What is to be seen at the place; may be empty. */
  label: string;
  /** Other places that help to understand it. */
  labels: { message: string; place: Place }[];
  /** What to write instead, in words. */
  help: string | null;
  /** What to write instead, for certain. */
  fix: { place: Place; replacement: string } | null;
  /** An example in the language that shows it, ready to be pasted. */
  example: string | null;
}

/** What is wrong in files or doubtful. */
export interface Findings {
  /** The name of this format. Its number changes when a program that reads it would have to. */
  format: 'placet-findings/1';
  /** The version of the program that wrote it. */
  engine: string;
  findings: Finding[];
}

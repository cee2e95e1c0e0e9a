/** A name as a statement's text has it, whatever is in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Typed text as part of a LIKE pattern that takes it letter by letter. */
export const literalPattern = (typed: string) => typed.trim().replace(/[\\%_]/g, '\\$&')

import type { TemplateProblem } from '../api-types'

/**
 * The problems to show while a person types in `typing`, or in no part (null): a placeholder that is not closed there is
 * being written, and no error before the field is left.
 */
export const shownProblems = (
  problems: readonly TemplateProblem[],
  typing: TemplateProblem['part'] | null,
): TemplateProblem[] =>
  problems.filter(({ part, message }) => part === null || part !== typing || !/ never closed\b/.test(message))

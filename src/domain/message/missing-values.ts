import type { Context, Token, Value } from 'liquidjs'
import type { Budget } from './budget'
import { namesInValue } from './names'
import type { Variables } from './variables'

/** Where a rendering keeps its notes in the engine's context. */
export const NOTES = 'notes'
/** What one rendering found missing. */
export type Notes = {
  missing: Set<string>
  errors: number
  /** What stands for variables that have no value, where the template itself says nothing. */
  fallbacks: Variables
  /** Whether the value that was evaluated last needed one of them. */
  fellBack: boolean
  budget: Budget
}
// Of making the error that LiquidJS throws.
const MISSING_WORK = 5_000
const ERROR_LIMIT = 100
const NOTES_FULL = 'too many missing variables'

/**
 * LiquidJS forgives a missing variable only when `default` is the first filter, and evaluates the fallback even when it
 * is not needed. Here `{{ first_name | capitalize | default: contact_name }}` is taken literally: missing is forgiven
 * wherever `default` stands, and the fallback counts only when it is used.
 */
export function honourDefault(value: Value) {
  const lastDefault = value.filters.findLastIndex((filter) => filter.name === 'default')
  if (lastDefault < 0) return
  const evaluate = value.value.bind(value)
  value.value = (ctx) => evaluate(ctx, true)
  value.filters.forEach((filter, index) => {
    if (filter.name !== 'default') return
    const applyDefault = filter.render.bind(filter)
    filter.render = function* (current: unknown, ctx: Context): IterableIterator<unknown> {
      if (current !== undefined && current !== null && current !== false && current !== '') return current
      try {
        return yield applyDefault(current, ctx)
      } catch (error) {
        if (index < lastDefault && isMissingVariable(error)) return null
        throw error
      }
    }
  })
}

/**
 * Notes a missing variable instead of stopping at it, so that all are known at once. One that falls back does so here, after
 * the template's own words have had their turn.
 */
export function noteMissing(value: Value) {
  const names = namesInValue(value)
  const evaluate = value.value.bind(value)
  value.value = function* (ctx, lenient) {
    const notes: Notes = ctx.getRegister(NOTES)
    try {
      return yield evaluate(ctx, lenient)
    } catch (error) {
      if (!missingVariableOf(error) || !names.some((name) => Object.hasOwn(notes.fallbacks, name))) {
        return noted(notes, error)
      }
    }
    ctx.push({ ...notes.fallbacks })
    notes.fellBack = true
    try {
      return yield evaluate(ctx, lenient)
    } catch (error) {
      return noted(notes, error)
    } finally {
      ctx.pop()
    }
  }
}

/** A gap for a missing variable, which is noted; any other error goes on. */
function noted(notes: Notes, error: unknown): string {
  const name = missingVariableOf(error)
  if (!name) throw error
  notes.missing.add(name)
  notes.budget.spend(MISSING_WORK)
  if (++notes.errors >= ERROR_LIMIT) throw new Error(NOTES_FULL)
  return ''
}

/** The variable that an error reports as missing, as the template writes it; `null` when it is another error. */
export function missingVariableOf(error: unknown): string | null {
  if (!isMissingVariable(error)) return null
  const { token, originalError } = error as { token?: Token; originalError?: { variableName?: string } }
  return token?.getText() || originalError?.variableName || null
}

const isMissingVariable = (error: unknown) => error instanceof Error && error.name === 'UndefinedVariableError'

/** True for the error that ends a rendering with too many missing variables. */
export const notesAreFull = (error: unknown) => error instanceof Error && error.message.startsWith(NOTES_FULL)

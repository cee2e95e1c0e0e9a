import { CircleX, ShieldQuestionMark } from 'lucide-react'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { RunView } from '../api-types'
import { doubtWords, failureWords } from './run-text'

// What only a change of the key or the account fixes.
const FIXED_IN_SETTINGS = new Set(['bad_key', 'plan', 'quota'])

/** The failures of a run, each in the words of its source, and the calls in doubt. */
export function RunProblems({ run, people = 0 }: { run: RunView; people?: number }) {
  const failed = run.sources.flatMap(({ source, label, failure }) => (failure ? [{ source, label, failure }] : []))
  const doubt = doubtWords(run.totals.inDoubt, people)
  const whole = failed.length === 0 ? run.failure : null
  if (failed.length === 0 && !doubt && !whole) return null
  return (
    <ul className="grid gap-2 border-t px-[18px] py-3 text-control">
      {whole && <Problem words={whole} />}
      {failed.map(({ source, label, failure }) => (
        <Problem
          key={source}
          words={failureWords(label, failure.message)}
          fixable={FIXED_IN_SETTINGS.has(failure.kind)}
        />
      ))}
      {doubt && (
        <li className="flex items-start gap-2">
          <ShieldQuestionMark aria-hidden className="mt-0.5 size-4 shrink-0 text-held-ink" />
          <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{doubt}</span>
        </li>
      )}
    </ul>
  )
}

function Problem({ words, fixable }: { words: string; fixable?: boolean }) {
  return (
    <li className="flex items-start gap-2">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed-ink" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {words} {fixable && <TextLink href={routes.leadSources}>Lead sources</TextLink>}
      </span>
    </li>
  )
}

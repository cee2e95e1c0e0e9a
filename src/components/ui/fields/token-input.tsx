'use client'

import { CircleAlert, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { cn } from '../class-names'
import { formatCount } from '../numbers'
import { useFieldControl } from './field'
import { controlStyle } from './input'
import { addTokens, type ReadToken, readTrimmed, splitTokens } from './tokens'

/** Several short texts: each is typed and ended with Enter, or pasted as a list; a press on its cross takes it out. */
export function TokenInput({
  values,
  onValuesChange,
  placeholder = 'Type, then Enter',
  most,
  commas = false,
  read = readTrimmed,
  maxLength = 120,
}: {
  values: readonly string[]
  onValuesChange: (values: string[]) => void
  placeholder?: string
  /** At most so many. */
  most: number
  /** A comma ends a text too. Not for places, which hold commas. */
  commas?: boolean
  /** Brings a text into its form, or says why it is none. */
  read?: ReadToken
  maxLength?: number
}) {
  const field = useFieldControl()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = (texts: readonly string[]) => {
    const { tokens, refused, problem: why } = addTokens(values, texts, { most, read })
    if (tokens.length !== values.length) onValuesChange(tokens)
    setTyped(refused.join(commas ? ', ' : '; '))
    setProblem(why)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || (commas && event.key === ',')) {
      event.preventDefault()
      add(splitTokens(typed, commas))
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      onValuesChange(values.slice(0, -1))
    }
  }
  return (
    <div className="grid gap-1.5">
      <div
        className={cn(
          controlStyle,
          'flex min-h-8 flex-wrap items-center gap-1 px-1 py-[3px] focus-within:border-accent pointer-coarse:min-h-10',
        )}
      >
        {values.length > 0 && (
          <Tokens values={values} onRemove={(value) => onValuesChange(values.filter((other) => other !== value))} />
        )}
        <input
          {...field}
          {...(problem ? { 'aria-invalid': true } : {})}
          value={typed}
          maxLength={maxLength}
          placeholder={values.length === 0 ? placeholder : ''}
          onChange={({ target }) => {
            setTyped(target.value)
            setProblem(null)
          }}
          onKeyDown={press}
          onPaste={(event) => {
            const texts = splitTokens(event.clipboardData.getData('text'), commas)
            if (texts.length < 2) return
            event.preventDefault()
            add([...splitTokens(typed, commas), ...texts])
          }}
          // What was typed is meant: it is not lost by going on to the next field.
          onBlur={() => typed.trim() !== '' && add(splitTokens(typed, commas))}
          className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-control outline-none pointer-coarse:h-8"
        />
      </div>
      {problem && <Problem>{problem}</Problem>}
      {values.length > 5 && <p className="text-caption text-ink-3">{formatCount(values.length)} given</p>}
    </div>
  )
}

function Tokens({ values, onRemove }: { values: readonly string[]; onRemove: (value: string) => void }) {
  return (
    <ul className="contents">
      {values.map((value) => (
        <li
          key={value}
          className="inline-flex max-w-full items-center rounded-[5px] bg-sunken pl-2 text-control leading-6"
        >
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={() => onRemove(value)}
            className="grid size-6 shrink-0 place-items-center rounded-[5px] text-ink-3 hover:text-ink pointer-coarse:size-8"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Problem({ children }: { children: string }) {
  return (
    <p role="alert" className="flex items-start gap-1.5 text-caption text-failed-ink">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  )
}

'use client'

import type { ReactNode } from 'react'
import { CheckboxInput } from '@/components/ui/fields/checkbox'

export type Choice = {
  id: string
  label: string
  /** A quiet second line. */
  note?: ReactNode
  /** Below the words: what stands in the way, with a link to it. */
  mark?: ReactNode
  /** At the right end. */
  figure?: ReactNode
}

/** Several of many, each with what to know before choosing it. What is out of sight is not laid out. */
export function ChoiceList({
  label,
  choices,
  chosen,
  onChange,
}: {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onChange: (ids: string[]) => void
}) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <ul aria-label={label} className="divide-y text-control">
      {choices.map(({ id, label: words, note, mark, figure }) => (
        <li
          key={id}
          className="px-[18px] py-2 [contain-intrinsic-size:auto_52px] [content-visibility:auto] has-checked:bg-accent-soft/60"
        >
          {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckboxInput holds the control */}
          <label className="flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-10">
            <CheckboxInput checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <span className="block font-medium">{words}</span>
              {note && <span className="block text-caption text-ink-3">{note}</span>}
            </span>
            {figure && <span className="shrink-0 text-right">{figure}</span>}
          </label>
          {mark && <div className="pb-1 pl-[34px] text-caption">{mark}</div>}
        </li>
      ))}
    </ul>
  )
}

'use client'

import { addDays } from '@/components/time/days'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { formatOf } from '@/components/ui/numbers'
import { subjectWords } from '@/domain/templates/title'
import { daysFromStart } from '@/domain/workflow/steps'
import type { TemplateOption } from '../api-types'
import { type DraftStep, ownTextOf, stepsToSave, threadSubject } from './workflow-draft'

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

/** The days on which a lead gets the emails, if a campaign starts today. */
export function Timeline({ steps, templates }: { steps: readonly DraftStep[]; templates: readonly TemplateOption[] }) {
  const today = useNow(60_000)
  const days = daysFromStart(stepsToSave(steps))
  const templateOf = (id: string) => templates.find((template) => template.id === id)
  const thread = threadSubject(steps, templates)
  return (
    <Card aria-labelledby="timeline" className="lg:sticky lg:top-5">
      <CardHeader id="timeline" title="What a lead gets" aside="started today" />
      <CardBody>
        <ol className="grid">
          {steps.map((step, index) => {
            const day = days[index] ?? 0
            const quiet = index > 0 ? day - (days[index - 1] ?? 0) - 1 : 0
            const text = ownTextOf(step)
            const template = text ? null : templateOf(step.templateId)
            const reply = index > 0 && step.reply
            return (
              <li key={step.key} className="group grid grid-cols-[76px_1fr] gap-x-3">
                {quiet > 0 && (
                  <>
                    <span />
                    <span className="border-l pb-2.5 pl-4 text-caption text-ink-3">{formatOf(quiet, 'quiet day')}</span>
                  </>
                )}
                <span className="pb-3.5 text-ink-2">
                  Day {day + 1}
                  <span className="block text-caption text-ink-3">
                    {today ? dayFormat.format(addDays(today.getTime(), day)) : ''}
                  </span>
                </span>
                <span className="relative min-w-0 border-l pb-3.5 pl-4 group-last:border-transparent [overflow-wrap:anywhere]">
                  <span
                    aria-hidden
                    className="-left-[4.5px] absolute top-1.5 size-2 rounded-full bg-accent ring-4 ring-surface"
                  />
                  <span className="block font-medium">
                    {text ? 'Written here' : (template?.name ?? 'No template chosen')}
                  </span>
                  <span className="block text-caption text-ink-3">
                    {subjectWords(reply ? `Re: ${thread}` : ((text ?? template)?.subject ?? ''))}
                  </span>
                </span>
              </li>
            )
          })}
        </ol>
        <p className="border-t pt-2.5 text-caption text-ink-3">
          {formatOf(steps.length, 'email')} in {formatOf((days.at(-1) ?? 0) + 1, 'day')}. A sending window can move an
          email to its next open day; daily limits let leads start on different days.
        </p>
      </CardBody>
    </Card>
  )
}

'use client'

import { CircleX, FlaskConical, Send, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cn } from '@/components/ui/class-names'
import { agedHealth, describeHealth, useFreshHealth } from './health'

const marks = { sent: 'text-sent-ink', held: 'text-held-ink', failed: 'text-failed-ink' }

function useDescription() {
  const { data, isError, dataUpdatedAt, isTold } = useFreshHealth()
  // Wakes once a second, so that an answer that does not come is seen to age.
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  if (isError)
    return {
      name: 'Not reachable',
      tone: 'failed' as const,
      text: 'The server does not answer. What is planned stays planned.',
    }
  if (!data) return null
  return agedHealth(describeHealth(data), { updatedAt: dataUpdatedAt, now: Math.max(now, dataUpdatedAt), isTold })
}

function Mark({ tone, name, className }: { tone: keyof typeof marks; name: string; className?: string }) {
  const Icon = tone === 'failed' ? CircleX : tone === 'held' ? TriangleAlert : name === 'Sandbox' ? FlaskConical : Send
  return <Icon aria-hidden className={cn('size-3.5 shrink-0', marks[tone], className)} />
}

/** At the foot of the navigation: Sandbox or Live, and whether everything that sends is well. */
export function HealthBox() {
  const state = useDescription()
  return (
    <div className="min-h-[66px] rounded-control border bg-surface px-2.5 py-2 text-caption text-ink-3">
      {state && (
        <>
          <p className="flex items-center gap-1.5 font-semibold text-ink">
            <Mark tone={state.tone} name={state.name} />
            {state.name}
          </p>
          <p>{state.text}</p>
        </>
      )}
    </div>
  )
}

/** The same in one word, for the head of a narrow screen; the sentence is read out and on hover. */
export function HealthWord() {
  const state = useDescription()
  if (!state) return null
  return (
    <span
      title={state.text}
      className="inline-flex items-center gap-1.5 rounded-full border bg-surface py-0.5 pr-2.5 pl-2 font-medium text-caption"
    >
      <Mark tone={state.tone} name={state.name} />
      {state.name}
      <span className="sr-only">: {state.text}</span>
    </span>
  )
}

'use client'

import { useState } from 'react'
import { browserZone, momentOf, nextMorning } from '@/components/time/local-time'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { formatTime } from '@/components/ui/zoned-time'
import { snoozeProblem } from '@/domain/inbox/conversation'
import type { ConversationActs } from './use-conversation-acts'

type Props = { acts: ConversationActs; open: boolean; onOpenChange: (open: boolean) => void }

/** Puts a conversation off until a day and time of the person's own choice. */
export function SnoozeDialog({ acts, open, onOpenChange }: Props) {
  const now = useNow(30_000)
  const zone = browserZone()
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const value = chosen ?? (now ? nextMorning(now, zone) : '')
  const snooze = () => {
    const until = momentOf(value, zone)
    const wrong = until ? snoozeProblem(until, now ?? new Date()) : 'A day and a time, as 24 Nov 2026, 09:00.'
    if (!until || wrong) return setProblem(wrong)
    void acts.snooze(until, formatTime(until, zone, 'day-time', now ?? until))
    onOpenChange(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Snooze until"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" onClick={snooze}>
            Snooze the conversation
          </Button>
        </>
      }
    >
      <Field label="Day and time" hint={`In your time zone, ${zone}.`} error={problem} required>
        <Input
          type="datetime-local"
          value={value}
          onChange={({ target }) => {
            setChosen(target.value)
            setProblem(null)
          }}
        />
      </Field>
    </Dialog>
  )
}

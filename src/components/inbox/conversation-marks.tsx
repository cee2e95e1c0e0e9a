'use client'

import { AlarmClock, CircleCheck, UserRound } from 'lucide-react'
import { browserZone } from '@/components/time/local-time'
import { Chip } from '@/components/ui/chip'
import { Time } from '@/components/ui/time'
import type { Conversation } from './api-types'
import { INTEREST_WORDS } from './inbox-text'

/** How a conversation stands: done, snoozed, whose it is, what the answer says. */
export function ConversationMarks({
  conversation: { scope, snoozedUntil, isWaiting, interest, assigneeName },
}: {
  conversation: Conversation
}) {
  return (
    <>
      {scope === 'done' && (
        <Chip tone="sent" icon={CircleCheck}>
          Done
        </Chip>
      )}
      {isWaiting && <Chip tone="accent">Waiting for us</Chip>}
      {interest && <Chip tone={interest === 'interested' ? 'sent' : 'neutral'}>{INTEREST_WORDS[interest].label}</Chip>}
      {snoozedUntil && (
        <Chip icon={AlarmClock}>
          Until <Time at={snoozedUntil} zone={browserZone()} zoneSaid />
        </Chip>
      )}
      {assigneeName && <Chip icon={UserRound}>{assigneeName}</Chip>}
    </>
  )
}

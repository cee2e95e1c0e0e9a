'use client'

import { AlarmClock, Check, ChevronDown, ChevronUp, RotateCcw, Tag, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useTeam } from '@/components/inbox/use-team'
import { browserZone } from '@/components/time/local-time'
import { Button, IconButton } from '@/components/ui/button'
import { useNow } from '@/components/ui/clock'
import { Kbd } from '@/components/ui/kbd'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Menu, type MenuEntry } from '@/components/ui/overlays/menu'
import { notifyInfo } from '@/components/ui/overlays/toast'
import { formatTime } from '@/components/ui/zoned-time'
import { INTERESTS } from '@/domain/inbox/interest'
import type { Conversation } from './api-types'
import { closeAndGoOn } from './close-conversation'
import { INTEREST_WORDS } from './inbox-text'
import { snoozeChoices } from './snooze-choices'
import { stopInWords, stoppableIn } from './stop-request'
import { type ConversationActs as Acts, useConversationActs } from './use-conversation-acts'
import type { Inbox } from './use-inbox'

const snoozeDialog = later(() => import('./snooze-dialog'))

type Open = 'assign' | 'snooze' | 'interest' | 'day' | null

/** What can be done with the open conversation, by buttons and by keys. */
export function ConversationActs({ conversation, inbox }: { conversation: Conversation; inbox: Inbox }) {
  const [open, setOpen] = useState<Open>(null)
  const acts = useConversationActs(conversation)
  const isDone = conversation.scope === 'done'
  const close = () => (isDone ? acts.done(false) : closeAndGoOn(conversation.id, () => acts.done(true), inbox))
  const stoppable = stoppableIn(conversation)
  const stop = stopInWords(conversation)
  useBareKeys({
    e: close,
    h: () => setOpen('snooze'),
    a: () => setOpen('assign'),
    i: () => acts.judge('interested'),
    n: () => acts.judge('not_now'),
    w: () => acts.judge('wrong_person'),
    u: acts.markUnread,
    '#': () => (stoppable ? acts.askedToStop(stoppable) : notifyInfo(stop.hint)),
  })
  const menu = (name: Exclude<Open, null>) => ({
    open: open === name,
    onOpenChange: (next: boolean) => setOpen((now) => (next ? name : now === name ? null : now)),
  })
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Button size="sm" icon={isDone ? RotateCcw : Check} pending={acts.pending} onClick={close} aria-keyshortcuts="e">
        {isDone ? 'Open again' : 'Done'} <Key>E</Key>
      </Button>
      <SnoozeMenu conversation={conversation} acts={acts} control={menu('snooze')} onDay={() => setOpen('day')} />
      <AssignMenu conversation={conversation} acts={acts} control={menu('assign')} />
      {conversation.leadId && (
        <Menu
          label="What the answer says"
          align="start"
          {...menu('interest')}
          trigger={
            <Button size="sm" icon={Tag}>
              Mark as…
            </Button>
          }
          items={[
            ...INTERESTS.map((one) => ({
              label: INTEREST_WORDS[one].label,
              hint: INTEREST_WORDS[one].hint,
              onSelect: () => void acts.judge(one),
            })),
            'separator',
            {
              label: stop.label,
              hint: stop.hint,
              disabled: !stoppable,
              onSelect: () => stoppable && void acts.askedToStop(stoppable),
            },
            { label: 'Unread', onSelect: () => void acts.markUnread() },
          ]}
        />
      )}
      <LaterDialog part={snoozeDialog} {...menu('day')}>
        {({ SnoozeDialog }) => <SnoozeDialog acts={acts} {...menu('day')} />}
      </LaterDialog>
    </div>
  )
}

/** Where the card is too narrow for all of a line, the keys are named by their list alone. */
const Key = ({ children }: { children: string }) => (
  <span className="@lg:contents hidden">
    <Kbd>{children}</Kbd>
  </span>
)

type Control = { open: boolean; onOpenChange: (open: boolean) => void }
type MenuPart = { conversation: Conversation; acts: Acts; control: Control }

function SnoozeMenu({ conversation: { snoozedUntil }, acts, control, onDay }: MenuPart & { onDay: () => void }) {
  const now = useNow(60_000)
  const zone = browserZone()
  const choices: MenuEntry[] = (now ? snoozeChoices(now, zone) : []).map(({ label, until }) => {
    const words = formatTime(until, zone, 'day-time', now ?? until)
    return { label, hint: words, onSelect: () => void acts.snooze(until, words) }
  })
  return (
    <Menu
      label="Snooze"
      align="start"
      {...control}
      trigger={
        <Button size="sm" icon={AlarmClock} aria-keyshortcuts="h">
          Snooze <Key>H</Key>
        </Button>
      }
      items={[
        ...choices,
        'separator',
        { label: 'Choose a day…', onSelect: onDay },
        ...(snoozedUntil ? [{ label: 'End the snooze', onSelect: () => void acts.snooze(null, '') }] : []),
      ]}
    />
  )
}

function AssignMenu({ conversation: { assigneeId, assigneeName }, acts, control }: MenuPart) {
  const people = useTeam()
  return (
    <Menu
      label="Assign"
      align="start"
      {...control}
      trigger={
        <Button size="sm" icon={UserRound} aria-keyshortcuts="a">
          {assigneeName ? 'Hand over' : 'Assign'} <Key>A</Key>
        </Button>
      }
      items={[
        ...people.map(({ id, name, isYou }) => ({
          label: isYou ? `${name} (you)` : name,
          disabled: id === assigneeId,
          onSelect: () => void acts.assign({ id, name }),
        })),
        ...(assigneeId ? (['separator', { label: 'Nobody', onSelect: () => void acts.assign(null) }] as const) : []),
      ]}
    />
  )
}

/** To the conversation above and below in the list. */
export function Steps({ inbox }: { inbox: Inbox }) {
  return (
    <>
      <Step inbox={inbox} step={-1} />
      <Step inbox={inbox} step={1} />
    </>
  )
}

function Step({ inbox: { beside, open }, step }: { inbox: Inbox; step: 1 | -1 }) {
  const next = beside(step)
  return (
    <IconButton
      size="sm"
      icon={step > 0 ? ChevronDown : ChevronUp}
      label={step > 0 ? 'Next conversation' : 'Previous conversation'}
      aria-keyshortcuts={step > 0 ? 'j' : 'k'}
      disabled={next === null}
      onClick={() => open(next)}
    />
  )
}

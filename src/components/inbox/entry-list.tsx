'use client'

import { StickyNote } from 'lucide-react'
import { useState } from 'react'
import { CorrectMessage } from '@/components/leads/lead/correct-message'
import { correctedFromWords } from '@/components/leads/lead/correction-text'
import { effectWords, kindWords } from '@/components/leads/lead/received-text'
import { deletedWords } from '@/components/messages/deleted-text'
import { WholeMessage } from '@/components/messages/whole-message'
import { ReplyWriter } from '@/components/replies/reply-writer'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/chip'
import { cn } from '@/components/ui/class-names'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { api, messageOf } from '@/trpc/react'
import type { Conversation, Entry, MessageEntry, NoteEntry, ReplyEntry } from './api-types'
import { Head, Text } from './entry-parts'
import { OurEmail } from './our-email'

const reply = later(() => import('@/components/replies/reply-entry'))
const reader = later(() => import('@/components/campaigns/email/email-dialog'))

/** Everything that was said, the oldest first. Open is the latest, and of the last two what they wrote; the rest is folded. */
export function EntryList({ conversation: { entries, timezone } }: { conversation: Conversation }) {
  const said = entries.filter(({ is }) => is !== 'note')
  const latest = said.at(-1)
  const shown = new Set(said.slice(-2).flatMap((entry) => (entry === latest || isOfTheirs(entry) ? [entry.id] : [])))
  const [read, setRead] = useState<string | null>(null)
  const close = () => setRead(null)
  const emails = entries.filter(({ is }) => is === 'email').map(({ id }) => id)
  const answered = entries.findLast((entry) => entry.is === 'message' && isTheirs(entry))
  return (
    <>
      <ol aria-label="Messages" className="divide-y">
        {entries.map((entry) => (
          <li key={entry.id} className={entry.is === 'reply' ? '' : cn('px-[18px] py-3 text-control', look(entry))}>
            {entry.is === 'note' ? (
              <Note note={entry} zone={timezone} />
            ) : entry.is === 'email' ? (
              <OurEmail
                email={entry}
                zone={timezone}
                startsOpen={shown.has(entry.id)}
                onRead={() => setRead(entry.id)}
              />
            ) : entry.is === 'reply' ? (
              <Deferred part={reply} waiting={<SkeletonRows rows={1} label="Loading the reply" />}>
                {({ ReplyEntry }) => <ReplyEntry reply={entry} />}
              </Deferred>
            ) : (
              <>
                <Message message={entry} zone={timezone} startsOpen={shown.has(entry.id)} />
                {isTheirs(entry) && (
                  <div className="-mx-[18px] mt-2">
                    <ReplyWriter
                      messageId={entry.id}
                      subject={entry.subject || 'No subject'}
                      byKey={entry.id === answered?.id}
                    />
                  </div>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
      <LaterDialog part={reader} open={read !== null} onOpenChange={close}>
        {({ EmailDialog }) => <EmailDialog id={read} among={emails} onChoose={setRead} onClose={close} />}
      </LaterDialog>
    </>
  )
}

// Reports of servers and what we wrote by hand are not answered.
const isTheirs = ({ kind }: MessageEntry): boolean => kind !== 'own' && kind !== 'bounce' && kind !== 'complaint'

const isOfTheirs = (entry: Entry): boolean => entry.is === 'message' && entry.kind !== 'own'

const look = (entry: Exclude<Entry, ReplyEntry>): string => {
  if (entry.is === 'note') return 'bg-held-soft'
  return entry.is === 'email' || entry.kind === 'own' ? 'bg-sunken/50' : ''
}

function Message({ message, zone, startsOpen }: { message: MessageEntry; zone: string; startsOpen: boolean }) {
  const mayWrite = useMayWrite()
  const { word, tone, icon } = kindWords(message.kind)
  const [whole, setWhole] = useState(false)
  const from = message.fromName ? `${message.fromName} · ${message.fromEmail}` : message.fromEmail
  return (
    <>
      <Head
        who={message.subject || 'No subject'}
        at={message.at}
        zone={zone}
        line={`from ${from || 'an unknown sender'} to ${message.kind === 'own' ? 'them' : message.mailbox.fromEmail}`}
        chip={
          <Chip tone={tone} icon={icon}>
            {word}
          </Chip>
        }
      />
      {message.textKeptDays === null ? (
        <Text text={message.excerpt} startsOpen={startsOpen} name={message.subject || 'No subject'} />
      ) : (
        <p className="mt-1 text-ink-2">{deletedWords(message.textKeptDays)}</p>
      )}
      {message.isCut && <p className="mt-2 text-caption text-ink-2">This is the beginning of its text.</p>}
      <p className="mt-2 text-caption text-ink-2 [overflow-wrap:anywhere]">
        {[correctedFromWords(message.correctedFrom), ...effectWords(message.effects)].filter(Boolean).join(' ')}
      </p>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-3">
        <Button variant="link" className="text-caption" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? 'Hide the message' : 'Show the whole message'}
        </Button>
        {mayWrite && <CorrectMessage message={message} />}
        {mayWrite && message.kind === 'unreadable' && <ReadAgain id={message.id} />}
      </div>
      {whole && (
        <div className="-mx-[18px]">
          <WholeMessage id={message.id} />
        </div>
      )}
    </>
  )
}

const ASKED_NOW = 'The server is asked for it again. What it gives is shown as a message of its own.'
const ASKED_LATER = 'Reading of this mailbox has stopped. The server is asked for it again once reading goes on.'

/** Has the server asked once more for a message that it refused. */
function ReadAgain({ id }: { id: string }) {
  const ask = api.inbox.readAgain.useMutation({
    onSuccess: ({ isAskedNow }) => notifyDone(isAskedNow ? ASKED_NOW : ASKED_LATER),
    onError: (error) => notifyFailed(messageOf(error)),
  })
  return (
    <Button variant="link" className="text-caption" pending={ask.isPending} onClick={() => ask.mutate({ id })}>
      Ask the server again
    </Button>
  )
}

function Note({ note, zone }: { note: NoteEntry; zone: string }) {
  const utils = api.useUtils()
  const remove = api.inbox.removeNote.useMutation({ onSettled: () => utils.inbox.get.invalidate() })
  const add = api.inbox.addNote.useMutation({ onSettled: () => utils.inbox.get.invalidate() })
  const refuse = (error: unknown) => notifyFailed(messageOf(error))
  const undo = () => add.mutate({ conversationId: note.conversationId, text: note.text }, { onError: refuse })
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <StickyNote aria-hidden className="mt-0.5 size-4 shrink-0 text-held-ink" />
      <div className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
        <p className="text-caption text-ink-2">
          Note by {note.authorName} · <Time at={note.at} zone={zone} zoneSaid />
        </p>
        <p className="whitespace-pre-wrap">{note.text}</p>
      </div>
      {note.isYours && (
        <Button
          variant="link"
          className="text-caption"
          pending={remove.isPending}
          onClick={() =>
            remove.mutate({ id: note.id }, { onSuccess: () => notifyDone('Note removed.', { undo }), onError: refuse })
          }
        >
          Remove the note
        </Button>
      )}
    </div>
  )
}

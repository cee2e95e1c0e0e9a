'use client'

import { StickyNote } from 'lucide-react'
import { useRef, useState } from 'react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { Button } from '@/components/ui/button'
import { CardFooter } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { Kbd } from '@/components/ui/kbd'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { NOTE_MAX, readNote } from '@/domain/inbox/note'
import { api, messageOf } from '@/trpc/react'

/** Adds a note for the team beside the conversation. */
export function NoteForm({ conversationId }: { conversationId: string }) {
  const utils = api.useUtils()
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const refresh = { onSettled: () => utils.inbox.get.invalidate({ id: conversationId }) }
  const add = api.inbox.addNote.useMutation(refresh)
  const remove = api.inbox.removeNote.useMutation(refresh)
  useBareKeys({ m: () => setText((now) => now ?? '') })
  if (text === null)
    return (
      <CardFooter>
        <Button icon={StickyNote} onClick={() => setText('')} aria-keyshortcuts="m">
          Add a note <Kbd>M</Kbd>
        </Button>
      </CardFooter>
    )
  const save = () => {
    const read = readNote(text)
    if (!read.ok) {
      setProblem(read.problem)
      return field.current?.focus()
    }
    add.mutate(
      { conversationId, text: read.text },
      {
        onSuccess: ({ id }) => {
          setText(null)
          const undo = () => remove.mutate({ id }, { onError: (error) => notifyFailed(messageOf(error)) })
          notifyDone('Note added.', { undo })
        },
        onError: (error) => setProblem(messageOf(error)),
      },
    )
  }
  return (
    <div className="grid gap-3 border-t px-[18px] py-3">
      <Field label="Note" hint="The team alone sees it; nothing is sent." error={problem}>
        <Textarea
          ref={field}
          autoFocus
          rows={3}
          maxLength={NOTE_MAX}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setProblem(null)
          }}
        />
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" pending={add.isPending} onClick={save}>
          Add the note
        </Button>
        <Button onClick={() => setText(null)}>Cancel</Button>
      </div>
    </div>
  )
}

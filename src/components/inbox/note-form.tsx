'use client'

import { StickyNote } from 'lucide-react'
import { useRef, useState } from 'react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useKeptDraft } from '@/components/hooks/use-kept-draft'
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
  // What is not added stays in this tab, and is there again on return.
  const { draft, change, discard, restored } = useKeptDraft(`note ${conversationId}`, { text: '' }, null)
  const [open, setOpen] = useState(restored)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const end = () => {
    discard()
    setOpen(false)
  }
  const onSettled = () => utils.inbox.get.invalidate({ id: conversationId })
  const remove = api.inbox.removeNote.useMutation({ onError: (error) => notifyFailed(messageOf(error)), onSettled })
  // Whoever has gone on to the next conversation meanwhile is told as well.
  const add = api.inbox.addNote.useMutation({
    onSuccess: ({ id }) => {
      end()
      notifyDone('Note added.', { undo: () => remove.mutate({ id }) })
    },
    onError: (error) => setProblem(messageOf(error)),
    onSettled,
  })
  const begin = () => {
    setOpen(true)
    field.current?.focus()
  }
  useBareKeys({ m: begin })
  if (!open)
    return (
      <CardFooter>
        <Button icon={StickyNote} onClick={begin} aria-keyshortcuts="m">
          Add a note <Kbd>M</Kbd>
        </Button>
      </CardFooter>
    )
  const save = () => {
    const read = readNote(draft.text)
    if (read.ok) return add.mutate({ conversationId, text: read.text })
    setProblem(read.problem)
    field.current?.focus()
  }
  return (
    <div className="grid gap-3 border-t px-[18px] py-3">
      <Field label="Note" hint="The team alone sees it; nothing is sent." error={problem}>
        <Textarea
          ref={field}
          autoFocus={!restored}
          rows={3}
          maxLength={NOTE_MAX}
          value={draft.text}
          onChange={({ target }) => {
            change({ text: target.value })
            setProblem(null)
          }}
        />
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" pending={add.isPending} onClick={save}>
          Add the note
        </Button>
        <Button onClick={end}>Cancel</Button>
      </div>
    </div>
  )
}

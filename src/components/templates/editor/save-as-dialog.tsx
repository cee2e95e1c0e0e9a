'use client'

import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { type TextDraft, textOf } from './template-draft'

/** Gives the text of a step a name, which makes it one of the templates. */
export function SaveAsDialog({
  textId,
  draft,
  before,
  open,
  onOpenChange,
  onSaved,
}: {
  textId: string
  draft: TextDraft
  /** Stores the step first, where that goes by itself. */
  before?: (() => Promise<unknown>) | undefined
  open: boolean
  onOpenChange: (open: boolean) => void
  onSaved: (templateId: string) => void
}) {
  const form = useId()
  const utils = api.useUtils()
  const [name, setName] = useState('')
  const save = api.templates.saveOwnText.useMutation()
  const change = (next: boolean) => {
    if (save.isPending) return
    save.reset()
    onOpenChange(next)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    await before?.()
    save.mutate(
      { id: textId, name, ...textOf(draft) },
      {
        onSuccess: async ({ id }) => {
          // It is among the choices before it is chosen.
          await utils.templates.invalidate()
          onOpenChange(false)
          notifyDone(`“${name.trim()}” is a template now.`, { description: 'This step sends it.' })
          onSaved(id)
        },
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Save as template"
      description="Other workflows and campaigns can send it then. This step sends it, too, and it is edited under Templates."
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" pending={save.isPending} disabled={!name.trim()}>
            Save as template
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="grid gap-3">
        <Field label="Template name" hint="For you and your team; leads never see it." required>
          <Input value={name} maxLength={120} onChange={({ target }) => setName(target.value)} />
        </Field>
        {save.error && <ErrorState title={messageOf(save.error)} />}
      </form>
    </Dialog>
  )
}

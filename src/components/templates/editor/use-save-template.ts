'use client'

import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveKept } from '@/components/hooks/use-save-kept'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { type TemplateDraft, textOf } from './template-draft'
import { useAskedUpdate } from './use-asked-update'

export type TemplateForm = ReturnType<typeof useKeptDraft<TemplateDraft>>

type Input = ReturnType<typeof textOf> & { name?: string }

/** Saves what stands in the editor; a new template gets an address of its own. `ownText`: it belongs to a step and has no name. */
export function useSaveTemplate({
  id,
  form,
  ownText,
}: {
  id: string | undefined
  form: TemplateForm
  ownText: boolean
}) {
  const utils = api.useUtils()
  const { update, question } = useAskedUpdate(api.templates.update.useMutation())
  const create = api.templates.create.useMutation()
  const kept = useSaveKept<TemplateDraft, Input>({
    id,
    form,
    read: (draft) => {
      if (ownText) return { input: textOf(draft) }
      return draft.name.trim()
        ? { input: { name: draft.name, ...textOf(draft) } }
        : { problem: 'Give the template a name.' }
    },
    create: {
      isPending: create.isPending,
      mutate: ({ name = '', ...text }, options) => create.mutate({ name, ...text }, options),
    },
    update,
    refresh: () => Promise.all([utils.templates.invalidate(), utils.workflows.invalidate()]),
    hrefOf: routes.template,
  })
  return { ...kept, question }
}

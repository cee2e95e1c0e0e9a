'use client'

import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveKept } from '@/components/hooks/use-save-kept'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { contentOf, type TemplateDraft } from './template-draft'

export type TemplateForm = ReturnType<typeof useKeptDraft<TemplateDraft>>

/** Saves what stands in the editor; a new template gets an address of its own. */
export function useSaveTemplate({ id, form }: { id: string | undefined; form: TemplateForm }) {
  const utils = api.useUtils()
  return useSaveKept({
    id,
    form,
    read: (draft: TemplateDraft) =>
      draft.name.trim()
        ? { input: { name: draft.name, ...contentOf(draft) } }
        : { problem: 'Give the template a name.' },
    create: api.templates.create.useMutation(),
    update: api.templates.update.useMutation(),
    refresh: () => utils.templates.invalidate(),
    hrefOf: routes.template,
  })
}

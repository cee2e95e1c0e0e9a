'use client'

import { useMemo } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { EditorSkeleton } from './editor-skeleton'
import { TEMPLATE_CRUMBS, TemplateEditor } from './template-editor'

/** The editor of a saved template. */
export function EditTemplatePage({ id }: { id: string }) {
  const template = api.templates.get.useQuery({ id })
  const saved = useMemo(() => {
    if (!template.data) return null
    const { name, subject, bodyText, bodyHtml, confirmedTexts } = template.data
    return { name, subject, bodyText, bodyHtml: bodyHtml ?? '', confirmedTexts }
  }, [template.data])
  if (template.data && saved) return <TemplateEditor saved={saved} template={template.data} />
  if (!template.error) return <EditorSkeleton title="Template" />
  return (
    <>
      <PageHeader crumbs={TEMPLATE_CRUMBS} title="Template" />
      <ErrorState
        title={messageOf(template.error)}
        untouched="Nothing was changed."
        action={
          <>
            <ButtonLink href={routes.templates}>All templates</ButtonLink>
            <Button onClick={() => template.refetch()}>Try again</Button>
          </>
        }
      />
    </>
  )
}

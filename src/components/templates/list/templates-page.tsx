'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { FilteredListPage, useListSearch } from '@/components/lists/filtered-list-page'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { TEMPLATE_COLUMNS } from './template-columns'
import { TemplateTable } from './template-table'

/** All templates, with what uses them. */
export function TemplatesPage() {
  const search = useListSearch()
  const choice = useListColumns(TEMPLATE_COLUMNS)
  const list = api.templates.list.useQuery(search.input, { placeholderData: keepPreviousData })
  return (
    <FilteredListPage
      noun="template"
      newHref={routes.newTemplate}
      title="Templates"
      sub="What an email says. A workflow or a campaign says when it goes out."
      filterLabel="Filter by name or subject"
      icon={FileText}
      whatItIs="A template is a subject and a text with variables such as the lead’s first name."
      search={search}
      choice={choice}
      views="templates"
      list={list}
      listHref={routes.templateList}
    >
      {(rows) => <TemplateTable rows={rows} columns={choice.shown} />}
    </FilteredListPage>
  )
}

'use client'

import { useTemplateChoices, useWorkflowChoices } from '@/components/lists/use-choices'
import { subjectWords } from '@/components/templates/subject-text'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Switch } from '@/components/ui/fields/switch'
import { Stack } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Draft } from '../draft/use-draft'
import { SequenceSteps } from './sequence-steps'

/** The emails to send, their order and distance. */
export function SequenceStep({ draft }: { draft: Draft }) {
  const { values, change } = draft
  const workflows = useWorkflowChoices(values.workflowId ? [values.workflowId] : [])
  const templates = useTemplateChoices(values.emailTemplateId ? [values.emailTemplateId] : [])
  const failed = workflows.error ?? templates.error
  return (
    <Stack className="max-w-[720px]">
      <Card>
        <CardHeader title="What is sent" />
        <CardBody className="grid gap-4">
          {Boolean(failed) && <ErrorState title={messageOf(failed)} />}
          <RadioCards
            legend={<span className="sr-only">Kind of sequence</span>}
            columns={2}
            value={values.useWorkflow ? 'workflow' : 'template'}
            onValueChange={(kind) => change({ useWorkflow: kind === 'workflow' })}
            options={[
              { value: 'workflow', label: 'A workflow', hint: 'Several emails, days apart' },
              { value: 'template', label: 'A single template', hint: 'One email to each lead' },
            ]}
          />
          {values.useWorkflow ? (
            <Field
              label="Workflow"
              aside={
                <TextLink href={routes.workflows} quiet>
                  All workflows
                </TextLink>
              }
            >
              <Combobox
                value={values.workflowId}
                onValueChange={(workflowId) => change({ workflowId })}
                placeholder="Choose a workflow"
                onTyped={workflows.type}
                empty={!workflows.rows ? 'Loading' : 'No workflow of this name. Write one under Workflows.'}
                options={(workflows.rows ?? []).map(({ id, name, steps, days }) => ({
                  value: id,
                  label: name,
                  hint: steps > 1 ? `${steps} steps over ${formatOf(days, 'day')}` : formatOf(steps, 'step'),
                }))}
              />
            </Field>
          ) : (
            <Field
              label="Template"
              aside={
                <TextLink href={routes.templates} quiet>
                  All templates
                </TextLink>
              }
            >
              <Combobox
                value={values.emailTemplateId}
                onValueChange={(emailTemplateId) => change({ emailTemplateId })}
                placeholder="Choose a template"
                onTyped={templates.type}
                empty={!templates.rows ? 'Loading' : 'No template of this name. Write one under Templates.'}
                options={(templates.rows ?? []).map(({ id, name, subject }) => ({
                  value: id,
                  label: name,
                  hint: subjectWords(subject),
                }))}
              />
            </Field>
          )}
        </CardBody>
      </Card>
      {values.useWorkflow
        ? values.workflowId && <WorkflowSteps workflowId={values.workflowId} />
        : values.emailTemplateId && <SingleStep templateId={values.emailTemplateId} />}
      <AfterReply draft={draft} />
      <EmailedBefore draft={draft} />
    </Stack>
  )
}

function EmailedBefore({ draft: { values, change } }: { draft: Draft }) {
  return (
    <Card>
      <CardHeader title="Emailed before" />
      <CardBody>
        <Switch
          label="Leave out leads that were emailed before"
          hint={
            values.leaveOutMailedBefore
              ? 'A lead that another campaign has emailed, or that was emailed and deleted and is back, gets nothing from this one.'
              : 'Leads that another campaign has emailed get this one, too, 24 hours after their last email at the earliest.'
          }
          checked={values.leaveOutMailedBefore}
          onCheckedChange={(leaveOutMailedBefore) => change({ leaveOutMailedBefore })}
        />
      </CardBody>
    </Card>
  )
}

function AfterReply({ draft: { values, change } }: { draft: Draft }) {
  return (
    <Card>
      <CardHeader title="After a reply" />
      <CardBody>
        <Switch
          label="Go on after a reply"
          hint={
            values.continueAfterReply
              ? 'Leads that are set to “Replied” or “Interested” get the emails of this campaign all the same.'
              : 'A lead that is set to “Replied” or “Interested” gets no further email of this campaign.'
          }
          checked={values.continueAfterReply}
          onCheckedChange={(continueAfterReply) => change({ continueAfterReply })}
        />
        {!values.continueAfterReply && (
          <Switch
            className="mt-3"
            label="Also end it for the same company"
            hint={
              values.stopSameCompany
                ? 'Once somebody has replied, all leads with an address at that company get no further email of this campaign.'
                : 'Other leads at the company of somebody who has replied get their emails all the same.'
            }
            checked={values.stopSameCompany}
            onCheckedChange={(stopSameCompany) => change({ stopSameCompany })}
          />
        )}
      </CardBody>
    </Card>
  )
}

function WorkflowSteps({ workflowId }: { workflowId: string }) {
  const workflow = api.workflows.get.useQuery({ id: workflowId })
  return (
    <Card>
      <CardHeader
        title="Steps"
        aside={
          <TextLink href={routes.workflow(workflowId)} quiet>
            Edit workflow
          </TextLink>
        }
      />
      <Loaded query={workflow}>{(data) => <SequenceSteps steps={data.steps} />}</Loaded>
    </Card>
  )
}

function SingleStep({ templateId }: { templateId: string }) {
  const template = api.templates.get.useQuery({ id: templateId })
  return (
    <Card>
      <CardHeader
        title="Steps"
        aside={
          <TextLink href={routes.template(templateId)} quiet>
            Edit template
          </TextLink>
        }
      />
      <Loaded query={template}>
        {({ id, name, subject }) => (
          <SequenceSteps
            steps={[
              {
                stepNumber: 1,
                templateId: id,
                templateName: name,
                subject,
                daysAfterPrevious: 0,
                replyInThread: false,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}

function Loaded<Data>({
  query: { data, error },
  children,
}: {
  query: { data: Data | undefined; error: unknown }
  children: (data: Data) => React.ReactNode
}) {
  if (error) return <ErrorState title={messageOf(error)} className="m-4" />
  if (data === undefined) return <Skeleton className="m-[18px] h-24" />
  return <>{children(data)}</>
}

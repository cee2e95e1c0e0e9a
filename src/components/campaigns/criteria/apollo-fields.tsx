'use client'

import { CheckGroup } from '@/components/ui/fields/check-group'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit } from '@/components/ui/fields/input'
import { TokenInput } from '@/components/ui/fields/token-input'
import type { ApolloCriteria } from '@/domain/lead-generation/criteria'
import { APOLLO_SENIORITY_LABELS, COMPANY_SIZE_LABELS, optionsOf } from './criteria-labels'
import { type CriteriaErrors, orNull, readDomain } from './criteria-values'

export type CriteriaFields<Criteria> = {
  criteria: Criteria
  errors: CriteriaErrors
  change: (patch: Partial<Criteria>) => void
}

/** People by title, seniority, place and company. Everything that is given must hold; of one field, any may. */
export function ApolloFields({ criteria, errors, change }: CriteriaFields<ApolloCriteria>) {
  return (
    <>
      <Field label="Job titles" optional hint="Any of them; end each with Enter.">
        <TokenInput
          values={criteria.titles}
          onValuesChange={(titles) => change({ titles })}
          most={50}
          commas
          placeholder="Head of Sales"
        />
      </Field>
      <Checkbox
        label="Similar titles too"
        hint="“Sales Manager” also finds “Manager of Sales”."
        checked={criteria.includeSimilarTitles}
        onChange={({ target }) => change({ includeSimilarTitles: target.checked })}
        className="-mt-2"
      />
      <CheckGroup
        legend="Seniority"
        options={optionsOf(APOLLO_SENIORITY_LABELS)}
        values={criteria.seniorities}
        onValuesChange={(seniorities) => change({ seniorities })}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Where the people are" optional hint="A city, region or country.">
          <TokenInput
            values={criteria.personLocations}
            onValuesChange={(personLocations) => change({ personLocations })}
            most={50}
            placeholder="Hamburg, Germany"
          />
        </Field>
        <Field label="Where the companies are" optional hint="Their head office.">
          <TokenInput
            values={criteria.companyLocations}
            onValuesChange={(companyLocations) => change({ companyLocations })}
            most={50}
            placeholder="Germany"
          />
        </Field>
      </div>
      <CheckGroup
        legend="Employees"
        options={optionsOf(COMPANY_SIZE_LABELS)}
        values={criteria.companySizes}
        onValuesChange={(companySizes) => change({ companySizes })}
      />
      <Field label="Only these companies" optional hint="By domain; a pasted list works too.">
        <TokenInput
          values={criteria.companyDomains}
          onValuesChange={(companyDomains) => change({ companyDomains })}
          most={1000}
          commas
          read={readDomain}
          placeholder="company.com"
        />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Keywords" optional>
          <Input
            value={criteria.keywords ?? ''}
            maxLength={200}
            onChange={({ target }) => change({ keywords: orNull(target.value) })}
            placeholder="logistics software"
          />
        </Field>
        <CreditCap criteria={criteria} errors={errors} change={change} />
      </div>
    </>
  )
}

function CreditCap({ criteria, errors, change }: CriteriaFields<ApolloCriteria>) {
  return (
    <Field
      label="Credits per run"
      optional
      hint="Each address costs 1 credit. Empty: as many as the leads that a run may find."
      error={errors['apollo.creditCap']}
    >
      <InputWithUnit
        type="number"
        min={1}
        max={100_000}
        inputMode="numeric"
        className="w-28 shrink-0"
        placeholder="as leads"
        value={Number.isNaN(criteria.creditCap) ? '' : (criteria.creditCap ?? '')}
        onChange={({ target }) => change({ creditCap: target.value === '' ? null : target.valueAsNumber })}
        after="at most"
      />
    </Field>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '#console/api/ApiError.ts'
import { keys, queryClient } from '#console/api/query.ts'
import { patch } from '#console/api/request.ts'
import { CopyText } from '#console/kit/CopyText.tsx'
import { InPlace } from '#console/kit/InPlace.tsx'
import { say } from '#console/kit/Toast.tsx'
import type { Company, CompanyInput } from '../companies.contract.ts'
import styles from './CompanyHead.module.css'

/** A company's name and the mail domains its people are known by. */
export function CompanyHead({ company }: { company: Company }) {
  const { t } = useTranslation('who')
  const change = useMutation({
    mutationFn: (input: CompanyInput) => patch<Company>(`/companies/${company.id}`, input),
    onMutate: (input) => {
      queryClient.setQueryData<Company>(keys.company(company.id), { ...company, ...input })
    },
    onSuccess: (answer) => queryClient.setQueryData(keys.company(company.id), answer),
    onError: (error) => {
      queryClient.setQueryData(keys.company(company.id), company)
      say(reasonOf(error), { tone: 'broken' })
    },
    onSettled: () => {
      for (const key of ['company', 'companies', 'customers', 'customer'])
        void queryClient.invalidateQueries({ queryKey: [key] })
    },
  })
  const domains = company.domains.join(', ')
  return (
    <section className={styles.company} aria-label={company.name}>
      <h2 className={styles.name}>
        <InPlace
          label={t('companyName')}
          add={t('companyName')}
          value={company.name}
          onSave={(name) => name && change.mutate({ name })}
        >
          <CopyText value={company.name} />
        </InPlace>
      </h2>
      <div className={styles.domains}>
        <InPlace
          label={t('domains')}
          add={t('addDomains')}
          value={domains || null}
          maxLength={2000}
          onSave={(next) => change.mutate({ domains: next?.split(/[\s,;]+/).filter(Boolean) ?? [] })}
        >
          <CopyText value={domains} />
        </InPlace>
        <p className={styles.soft}>{t('domainsWords')}</p>
      </div>
    </section>
  )
}

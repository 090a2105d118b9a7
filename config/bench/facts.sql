-- The facts of one vendor: rows made from numbers. The n-th row of a table has the n-th id of its
-- kind, so that rows can name each other; the order of the ids is that of the rows.

INSERT INTO partners_partner (id, vendor_id, slug, name, name_language, state, joined_on, website,
       summary, industries, external_id)
SELECT bench_row_id(%(number)s, 1, n), %(vendor)s, 'partner-' || n,
       (ARRAY['Acme', 'Bolt', 'Cove', 'Dusk', 'Élan', 'Fjord'])[n %% 6 + 1] || ' Systems ' || n,
       '', 'active', %(on)s::date - 900, '', '{}', '[]', 'crm-' || n
  FROM generate_series(0, %(partners)s - 1) AS n;

INSERT INTO partners_person (id, vendor_id, email, name)
SELECT bench_row_id(%(number)s, 2, n), %(vendor)s, 'person-' || n || '@bench.example',
       'Person ' || n
  FROM generate_series(0, %(partners)s * %(people)s - 1) AS n;

INSERT INTO partners_employment (id, vendor_id, person_id, partner_id, kind, started_on, ended_on,
       counts)
SELECT bench_row_id(%(number)s, 3, n), %(vendor)s, bench_row_id(%(number)s, 2, n),
       bench_row_id(%(number)s, 1, n / %(people)s),
       CASE WHEN n %% 9 = 0 THEN 'contractor' ELSE 'employee' END, %(on)s::date - 800,
       CASE WHEN n %% 20 = 0 THEN %(on)s::date - n %% 300 END, true
  FROM generate_series(0, %(partners)s * %(people)s - 1) AS n;

-- The certificates of a partner go round its people, then round again with other certifications.
INSERT INTO enablement_certificate (id, vendor_id, person_id, certification_id, awarded_on,
       expires_on, end_is_stated, number, source, revocation_reason, recorded_at)
SELECT bench_row_id(%(number)s, 4, n), %(vendor)s,
       bench_row_id(%(number)s, 2,
                      n / %(certificates)s * %(people)s + n %% %(certificates)s %% %(people)s),
       catalog.id, %(on)s::date - 1 - n * 37 %% 725, %(on)s::date + 729 - n * 37 %% 725,
       true, '', 'bench', '', %(now)s
  FROM generate_series(0, %(partners)s * %(certificates)s - 1) AS n
  JOIN (SELECT id, row_number() OVER (ORDER BY key) - 1 AS place
          FROM enablement_certification WHERE vendor_id = %(vendor)s) AS catalog
    ON catalog.place = (n %% %(certificates)s / %(people)s * 7 + n / %(certificates)s)
                       %% %(certifications)s;

INSERT INTO documents_customer (id, vendor_id, name, external_id, register_number, country,
       industry, size, merge_reason, source, recorded_at)
SELECT bench_row_id(%(number)s, 5, n), %(vendor)s, 'Customer ' || n, 'customer-' || n, '', '',
       '', '', '', 'bench', %(now)s
  FROM generate_series(0, %(partners)s * %(deployments)s - 1) AS n;

INSERT INTO documents_deployment (id, vendor_id, partner_id, customer_id, external_id, kind,
       products, service_types, industry, region, country, location, customer_size, stage, public,
       value, currency, pending, attributes, dates, withdrawal_reason, source, recorded_at,
       completed_on, confirmed_on, confirmed_by)
SELECT bench_row_id(%(number)s, 6, n), %(vendor)s,
       bench_row_id(%(number)s, 1, n / %(deployments)s), bench_row_id(%(number)s, 5, n),
       'project-' || n, '', ARRAY['cloud'], ARRAY['migration'],
       (ARRAY['retail', 'health'])[n %% 2 + 1], '', '', '', '', '', false, NULL, '', false, '{}',
       '{}', '', 'bench', %(now)s, %(on)s::date - 5 - n * 53 %% 700,
       %(on)s::date - 4 - n * 53 %% 700, 'customer'
  FROM generate_series(0, %(partners)s * %(deployments)s - 1) AS n;

INSERT INTO documents_surveyresponse (id, vendor_id, partner_id, customer_id, external_id,
       withdrawal_reason, source, recorded_at, service_type, score, answered_on)
SELECT bench_row_id(%(number)s, 7, n), %(vendor)s,
       bench_row_id(%(number)s, 1, n / %(answers)s),
       bench_row_id(%(number)s, 5, n / %(answers)s * %(deployments)s), 'answer-' || n, '',
       'bench', %(now)s, 'migration', 3 + n %% 3, %(on)s::date - n * 29 %% 400
  FROM generate_series(0, %(partners)s * %(answers)s - 1) AS n;

INSERT INTO accreditation_listing (id, vendor_id, partner_id, slug, name, name_language, summary,
       website, industries, locations, designations, programs, levels, countries, search, weight,
       listed_at)
SELECT bench_row_id(%(number)s, 8, n), %(vendor)s, bench_row_id(%(number)s, 1, n),
       'partner-' || n, 'Systems ' || n, '', '{}', '', '[]', '[]', '[]', ARRAY['bench-1'],
       ARRAY['bench-1:one'], ARRAY['DE'],
       (ARRAY['acme', 'bolt', 'cove', 'dusk', 'elan', 'fjord'])[n %% 6 + 1] || ' systems ' || n,
       n %% 7, %(now)s
  FROM generate_series(0, %(partners)s - 1) AS n;

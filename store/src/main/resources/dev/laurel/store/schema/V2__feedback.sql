-- Nothing has written feedback so far. One answer for each row of a request and each version that answered it; what turned out to be true has a
-- table of its own, since it may come before the answer, late, or more than once.

alter table feedback
    add column place   integer not null default 0,
    add column value   double precision,
    add column columns jsonb,
    drop column actual,
    drop column actual_at,
    drop constraint feedback_pkey,
    add primary key (model, request_id, place, role);
create index feedback_key on feedback (model, key collate "C", answered_at) where key is not null;
create index feedback_age on feedback (answered_at);
comment on table feedback is 'What servers answered';
comment on column feedback.place is 'The place of the row in its request, from 0';
comment on column feedback.predicted is 'The label, or the value as a text';
comment on column feedback.value is 'The value; null for models of labels';
comment on column feedback.probability is 'For labels only: of two, that of the positive one; of more, that of the predicted one';
comment on column feedback.columns is 'What was asked, without columns that the definition calls private; null unless answers are recorded';

create table actuals (
    model   text             not null,
    about   text             not null check (about in ('request', 'key')),
    name    text             not null,
    place   integer          not null default 0,
    actual  text             not null,
    value   double precision,
    told_at timestamptz      not null,
    primary key (model, about, name, place)
);
create index actuals_time on actuals (model, told_at);
create index actuals_age on actuals (told_at);
comment on table actuals is 'What turned out to be true, as somebody told';
comment on column actuals.about is 'Whether name is the id of a request or the key of a row';
comment on column actuals.place is 'The place of the row in its request, from 0; 0 for keys';
comment on column actuals.value is 'The value; null for models of labels';

-- Digests are written sha256:<64 hex>, versions as numbers.

create table batch_data (
    id          bigint generated always as identity primary key,
    model       text             not null,
    key         text,
    row_digest  text             not null,
    columns     jsonb            not null,
    target      double precision,
    label       text,
    imported_at timestamptz      not null default now(),
    constraint batch_data_once unique (model, row_digest)
);
create unique index batch_data_key on batch_data (model, key collate "C") where key is not null;
comment on table batch_data is 'Rows of models, as laurel import read them';
comment on column batch_data.key is 'The key of the row; null for models whose rows have none';
comment on column batch_data.row_digest is 'Of its key and columns, and of how many equal rows stand before it: what makes importing twice the same as once';
comment on column batch_data.columns is 'The columns that the definition of the model asks for, by name; a missing value is left out';
comment on column batch_data.target is 'The true answer as in training, for models of values; null where it is not known yet';
comment on column batch_data.label is 'The true answer as in training, for models of labels; null where it is not known yet';

create table predictions (
    model         text        not null,
    version       integer     not null,
    digest        text        not null,
    batch         text        not null,
    key           text        not null,
    prediction    text        not null,
    value         double precision,
    probability   double precision,
    probabilities jsonb,
    predicted_at  timestamptz not null default now(),
    primary key (model, digest, batch, key)
);
comment on table predictions is 'What laurel predict said of each row of a batch';
comment on column predictions.key is 'The key of the row; its number in the batch where rows have none';
comment on column predictions.prediction is 'The label, or the value as a text';
comment on column predictions.value is 'The value; null for models of labels';
comment on column predictions.probability is 'For labels only: of two, that of the positive one; of more, that of the predicted one';
comment on column predictions.probabilities is 'With more than two labels: the probability of each, by name';

create table drift_metrics (
    model       text        not null,
    version     integer     not null,
    digest      text        not null,
    computed_at timestamptz not null,
    batch       text        not null,
    column_name text        not null,
    measure     text        not null,
    value       double precision,
    p_value     double precision,
    adjusted    double precision,
    rows        bigint      not null,
    verdict     text        not null,
    primary key (model, digest, batch, column_name, measure)
);
create index drift_metrics_time on drift_metrics (model, computed_at);
comment on table drift_metrics is 'How far the columns and the answers of a batch are from those of training';
comment on column drift_metrics.column_name is 'A column of the rows, or what the model answers';
comment on column drift_metrics.value is 'Null where the measure has none, as of a column without any value';
comment on column drift_metrics.adjusted is 'The p-value after Benjamini and Hochberg, over all columns of the batch';

create table feedback (
    model       text        not null,
    version     integer     not null,
    digest      text        not null,
    role        text        not null,
    request_id  text        not null,
    key         text,
    predicted   text        not null,
    probability double precision,
    actual      text,
    answered_at timestamptz not null,
    actual_at   timestamptz,
    primary key (model, request_id)
);
create index feedback_time on feedback (model, answered_at);
comment on table feedback is 'What servers answered, and what turned out to be true';
comment on column feedback.role is 'champion, or challenger';
comment on column feedback.actual is 'Null until somebody tells';

create table versions (
    model         text        not null,
    version       integer     not null,
    digest        text        not null,
    size          bigint      not null,
    trained_at    timestamptz not null,
    clock         text,
    verdict       text        not null,
    metric        text        not null,
    value         double precision,
    metrics       jsonb       not null,
    champion_in   text[]      not null,
    commit        text        not null,
    primary key (model, version)
);
comment on table versions is 'A projection of the models repository by laurel project; the repository is what is true';
comment on column versions.clock is 'The key of the newest row that its training knew; null where rows have no keys';
comment on column versions.value is 'By the metric of the gate, on the evaluation rows';
comment on column versions.champion_in is 'The environments whose pins name it';
comment on column versions.commit is 'That of the models repository which was read';

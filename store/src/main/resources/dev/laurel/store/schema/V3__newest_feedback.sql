-- How many of the newest answers wait for their truth is asked every few seconds.
create index feedback_newest on feedback (model, answered_at);

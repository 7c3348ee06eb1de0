-- In which order an agent wants his saved views; those not named here follow by name.
create table view_order (
  agent bigint primary key references agents (id),
  views bigint[] not null
);

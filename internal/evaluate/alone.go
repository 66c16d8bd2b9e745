package evaluate

import (
	"context"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// Alone runs one query on a recording, with the limits of a replay of one monitor. what names the query in the error of
// an exceeded limit.
func Alone(ctx context.Context, rec *series.Recording, what string, run func(Input) error) error {
	return NewQueries(ctx, rec, what).Run(run)
}

// Queries run one after the other on a recording. Together they have the limits of a replay of one monitor.
type Queries struct {
	ctx     context.Context
	rec     *series.Recording
	what    string
	budget  *Budget
	account *Account
}

// NewQueries returns queries that have run nothing. what names them in the error of an exceeded limit.
func NewQueries(ctx context.Context, rec *series.Recording, what string) *Queries {
	budget := NewBudget(ctx, 1)
	return &Queries{ctx, rec, what, budget, budget.Account(0)}
}

// Run runs a query. It returns the query's error, a *LimitError or the error of the context. After a limit was exceeded,
// every further query fails too.
func (q *Queries) Run(run func(Input) error) error {
	var err error
	q.account.Run(func() { err = run(Input{Recording: q.rec, Account: q.account}) })
	if limit := q.budget.Err(q.rec.Name, func(int) string { return q.what }); limit != nil {
		return limit
	}
	if q.ctx.Err() != nil {
		return q.ctx.Err()
	}
	return err
}

// NewMatcher compiles a log search, whose work it counts.
func NewMatcher(query string, a *Account) (Matcher, error) {
	parsed, err := ddquery.ParseSearch(query)
	if err != nil {
		return nil, err
	}
	match, err := CompileSearch(parsed)
	if err != nil || parsed.Root == nil {
		return match, err
	}
	parts := SizeOf(parsed.Root)
	return func(d Document) bool {
		a.Spend(searchPartSteps * parts * d.size())
		return match(d)
	}, nil
}

package evaluate

import (
	"context"

	"ddmon/internal/series"
)

// Alone runs one query on a recording, with the limits of a replay of one monitor. what names the query in the error of
// an exceeded limit.
func Alone(ctx context.Context, rec *series.Recording, what string, run func(Input) error) error {
	budget := NewBudget(ctx, 1)
	account := budget.Account(0)
	var err error
	account.Run(func() { err = run(Input{Recording: rec, Account: account}) })
	if limit := budget.Err(rec.Name, func(int) string { return what }); limit != nil {
		return limit
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

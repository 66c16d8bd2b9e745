package operation

import (
	"context"
	"errors"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
)

// ErrProtected is the error of destroying a stack with protected objects.
var ErrProtected = errors.New("the stack has protected objects (see above), so destroy deleted nothing: select the objects to delete " +
	"with --target, or apply prevent_destroy = false first")

// Apply applies a plan and calls onEvent for each event, from the goroutine that called Apply. If the context is done,
// it finishes the requests in flight and sends no others.
func Apply(ctx context.Context, client apply.Client, p *Planned, onEvent func(apply.Event)) apply.Result {
	return apply.Run(ctx, p.Changes, client, apply.Options{Kinds: kind.All(), Parallel: p.Parallel, OnEvent: onEvent})
}

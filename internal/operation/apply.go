package operation

import (
	"context"
	"errors"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
)

// ErrProtected refuses to destroy a stack with protected objects.
var ErrProtected = errors.New("destroy refuses as a whole, because the stack holds protected objects (see above): nothing was deleted. " +
	"Name what is to be deleted with --target, or apply prevent_destroy = false first")

// Apply carries out a plan and reports what it does to onEvent, from the goroutine that called Apply. Once the context is
// done, it finishes the requests in flight and sends no others.
func Apply(ctx context.Context, client apply.Client, p *Planned, onEvent func(apply.Event)) apply.Result {
	return apply.Run(ctx, p.Changes, client, apply.Options{Kinds: kind.All(), Parallel: p.Parallel, OnEvent: onEvent})
}

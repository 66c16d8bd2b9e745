package apply

import (
	"context"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Check is called by a Client right before each try of a write, after any waiting and before the body is encoded. lost
// says that an earlier try may have been carried out although its answer was lost. An error ends the write unsent and is
// returned as it is.
type Check = func(ctx context.Context, lost bool) error

// Client is what apply needs of Datadog. It is used from several goroutines at once. A write that is on its way is
// finished although the context is done; only further tries are not begun then.
type Client interface {
	// Lookup reads an object by its id; ok is false if there is none.
	Lookup(ctx context.Context, k *kind.Kind, id string) (o map[string]any, ok bool, err error)
	// Find returns the objects that carry a marker's stack and slug.
	Find(ctx context.Context, k *kind.Kind, m object.Marker) ([]map[string]any, error)
	// Create makes an object and returns it as stored, with its id.
	Create(ctx context.Context, k *kind.Kind, body map[string]any, check Check) (map[string]any, error)
	// Update changes an object.
	Update(ctx context.Context, k *kind.Kind, id string, body map[string]any, check Check) (map[string]any, error)
	// Delete removes an object; one that is gone already is no error.
	Delete(ctx context.Context, k *kind.Kind, id string, check Check) error
	// Validate checks a body without storing it; id is empty for a new object.
	Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error
	// ServerTime is Datadog's clock, as its latest answer gave it; false if no answer has yet.
	ServerTime() (time.Time, bool)
}

package apply

import (
	"context"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// Check is called by a Client right before each attempt of a write, after any backoff and before the body is encoded.
// lost reports that an earlier attempt could have succeeded without a response. An error cancels the write and is
// returned unchanged.
type Check = func(ctx context.Context, lost bool) error

// Client is the Datadog API as apply needs it. It must be safe for concurrent use. If the context is done, a write in
// flight is completed, but not retried.
type Client interface {
	// Lookup reads an object by its id; ok is false if it does not exist.
	Lookup(ctx context.Context, k *kind.Kind, id string) (o map[string]any, ok bool, err error)
	// Find returns the objects with a marker's stack and slug.
	Find(ctx context.Context, k *kind.Kind, m object.Marker) ([]map[string]any, error)
	// Create creates an object and returns it as stored, with its id.
	Create(ctx context.Context, k *kind.Kind, body map[string]any, check Check) (map[string]any, error)
	// Update changes an object.
	Update(ctx context.Context, k *kind.Kind, id string, body map[string]any, check Check) (map[string]any, error)
	// Delete deletes an object. If it does not exist, that is not an error.
	Delete(ctx context.Context, k *kind.Kind, id string, check Check) error
	// Validate checks a body without storing it; id is empty for a new object.
	Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error
	// ServerTime returns Datadog's time from its latest response; false before the first one.
	ServerTime() (time.Time, bool)
	// Wait waits, or until the context is done.
	Wait(ctx context.Context, d time.Duration) error
}

package apply

import (
	"context"

	"ddmon/internal/kind"
)

// Client is what apply needs of Datadog. It is used from several goroutines at once.
type Client interface {
	// Create makes an object and returns it as stored, with its id.
	Create(ctx context.Context, k *kind.Kind, body map[string]any) (map[string]any, error)
	// Update changes an object.
	Update(ctx context.Context, k *kind.Kind, id string, body map[string]any) (map[string]any, error)
	// Delete removes an object; one that is gone already is no error.
	Delete(ctx context.Context, k *kind.Kind, id string) error
	// Validate checks a body without storing it; id is empty for a new object.
	Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error
}

package ddapi

import (
	"context"

	"ddmon/internal/kind"
	"ddmon/internal/routine"
)

// parallelReads is the maximum number of concurrent reads.
const parallelReads = 10

// readAll reads objects by id, in the order of the ids, within a memory limit. It leaves out objects that were deleted
// since they were listed.
func (c *Client) readAll(
	ctx context.Context, k *kind.Kind, ids []string, memory *memoryLimit,
) ([]map[string]any, error) {
	found := make([]map[string]any, len(ids))
	group, ctx := routine.WithContext(ctx, parallelReads)
	for i, id := range ids {
		group.Go(func() error {
			o, err := c.get(ctx, k, id, checkFields, memory)
			if NotFound(err) {
				return nil
			}
			found[i] = o
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var out []map[string]any
	for _, o := range found {
		if o != nil {
			out = append(out, o)
		}
	}
	return out, nil
}

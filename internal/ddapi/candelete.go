package ddapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ddmon/internal/kind"
)

// idsPerRequest keeps the URL short.
const idsPerRequest = 100

// CanDelete returns, by id, Datadog's reasons for objects that it would not delete because other objects reference
// them. Deleted objects are left out. It sends no request for kinds without such an endpoint.
func (c *Client) CanDelete(ctx context.Context, k *kind.Kind, ids []string) (map[string][]string, error) {
	if k.Remote.CanDelete == "" {
		return nil, nil
	}
	blocked := make(map[string][]string)
	for some := range slices.Chunk(ids, idsPerRequest) {
		if err := c.canDelete(ctx, k, some, blocked); err != nil {
			return nil, err
		}
	}
	return blocked, nil
}

// canDelete adds the reasons for some ids to blocked. Datadog answers for all ids or none: if one is deleted, the
// request is split in half until that id is alone.
func (c *Client) canDelete(ctx context.Context, k *kind.Kind, ids []string, blocked map[string][]string) error {
	var texts map[string][]string
	for _, id := range ids {
		if !isID(k, id) {
			return fmt.Errorf("cannot check references to the %s: %s is not a valid %s id", k.Plural, quoteID(id), k.Name)
		}
	}
	err := c.do(ctx, call{
		action: "check references to the " + k.Plural, permission: k.Remote.ReadPermission,
		method: http.MethodGet, route: k.Remote.Path + "/can_delete",
		query: url.Values{k.Remote.CanDelete: {strings.Join(ids, ",")}}, conflicts: true,
		read: func(r *responseReader) (err error) {
			texts, err = blockedReasons(r, ids)
			return err
		},
	})
	var refused *APIError
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest && !refused.foreign {
		if len(ids) == 1 {
			return nil
		}
		half := len(ids) / 2
		return errors.Join(c.canDelete(ctx, k, ids[:half], blocked), c.canDelete(ctx, k, ids[half:], blocked))
	}
	if err != nil {
		return err
	}
	for id, reasons := range texts {
		blocked[id] = c.texts(reasons)
	}
	return nil
}

// blockedReasons reads a response about ids: the reasons by the id that cannot be deleted. An empty "errors", in any
// form, means that all can be deleted. Reasons that are not under an id could be about any of them, so they are an
// error.
func blockedReasons(r *responseReader, ids []string) (map[string][]string, error) {
	response, err := r.object("it")
	if err != nil {
		return nil, err
	}
	errors, hasErrors := response["errors"]
	if _, hasData := response["data"]; !hasErrors && !hasData {
		return nil, wrongShape(`it has neither "data" nor "errors"`)
	}
	byID, isObject := errors.(map[string]any)
	if !isObject {
		if isEmpty(errors) {
			return nil, nil
		}
		return nil, wrongShape(`"errors" is not an object with ids as keys: %s`, orElse(strings.Join(textsIn(errors), "; "), "it has no message"))
	}
	out := make(map[string][]string)
	for id, value := range byID {
		if !slices.Contains(ids, id) {
			return nil, wrongShape("it is about %s, which was not requested", quoteID(id))
		}
		if isEmpty(value) {
			continue
		}
		if out[id] = textsIn(value); len(out[id]) == 0 {
			out[id] = []string{"Datadog gives no reason"}
		}
	}
	return out, nil
}

package ddapi

import (
	"maps"
	"strconv"

	"ddmon/internal/kind"
)

// readObject returns a function that reads an object into out and checks its id. An empty id accepts any object.
func readObject(k *kind.Kind, id string, out *map[string]any) func(*responseReader) error {
	return func(r *responseReader) error {
		*out = nil
		response, err := r.response()
		if err != nil {
			return err
		}
		o, err := unwrapped(k, response)
		if err != nil {
			return err
		}
		switch got, err := idOf(k, o); {
		case err != nil:
			return err
		case id != "" && got != id:
			return wrongShape("it is %s %s, not %s", k.Name, got, id)
		}
		*out = o
		return nil
	}
}

// unwrapped returns the object inside the envelope of its kind.
func unwrapped(k *kind.Kind, response map[string]any) (map[string]any, error) {
	switch k.Remote.Envelope {
	case kind.Data:
		if list, isList := response["data"].([]any); isList {
			if len(list) != 1 {
				return nil, wrongShape(`"data" has %d items, not 1`, len(list))
			}
			return typed[map[string]any](list[0], `the item of "data"`)
		}
		return member[map[string]any](response, "data")
	case kind.JSONAPI:
		data, err := member[map[string]any](response, "data")
		if err != nil {
			return nil, err
		}
		return flattened(k, data, "data")
	default:
		return response, nil
	}
}

// flattened converts a JSON:API resource of a kind to an object with its attributes and its id. Errors call the resource
// what.
func flattened(k *kind.Kind, resource map[string]any, what string) (map[string]any, error) {
	if found, err := member[string](resource, "type"); err != nil {
		return nil, err
	} else if found != k.Remote.DataType {
		return nil, wrongShape("%s has the type %s, not %q", what, quoteID(found), k.Remote.DataType)
	}
	if resource["attributes"] == nil {
		return nil, wrongShape("%s has no %q", what, "attributes")
	}
	attributes, err := typed[map[string]any](resource["attributes"], strconv.Quote("attributes")+" of "+what)
	if err != nil {
		return nil, err
	}
	out := make(map[string]any, len(attributes)+1)
	maps.Copy(out, attributes)
	if id, ok := resource["id"]; ok {
		out["id"] = id
	}
	return out, nil
}

// wrapped puts a request body into the envelope of its kind. id is empty for a new object.
func wrapped(k *kind.Kind, id string, body map[string]any) map[string]any {
	if k.Remote.Envelope != kind.JSONAPI {
		return body
	}
	data := map[string]any{"type": k.Remote.DataType, "attributes": body}
	if id != "" {
		data["id"] = id
	}
	return map[string]any{"data": data}
}

// eachListed reads a list of objects one by one and unwraps them; see responseReader.each.
func (r *responseReader) eachListed(k *kind.Kind, use func(o map[string]any, weight int64) error) error {
	each := use
	if k.Remote.Envelope == kind.JSONAPI {
		each = func(resource map[string]any, weight int64) error {
			o, err := flattened(k, resource, "an item of "+strconv.Quote(k.Remote.List.Key))
			if err != nil {
				return err
			}
			return use(o, weight)
		}
	}
	if k.Remote.List.Key == "" {
		return r.each("it", each)
	}
	return r.eachUnder(k.Remote.List.Key, each)
}

// Takes the place of the package `react-remove-scroll` in the bundle. That one stops the page behind a dialog from
// scrolling by writing a style element, which the content security policy refuses; this page never scrolls.

import { createElement, forwardRef } from "react";

/** Renders its children and locks nothing. */
export const RemoveScroll = forwardRef(function RemoveScroll({ as = "div", allowPinchZoom, shards, ...rest }, ref) {
  return createElement(as, { ...rest, ref });
});

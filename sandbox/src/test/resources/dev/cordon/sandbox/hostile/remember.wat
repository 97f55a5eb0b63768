;; keeps the first label of this call in memory and in a global, and tells what it finds of another
(module
  (import "cordon" "text_size" (func $size (param i32 i32) (result i32)))
  (import "cordon" "text_read" (func $read (param i32 i32 i32)))
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 2)
  (global $kept (mut i32) (i32.const 0))
  (func $byte (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func $others (result i32) (local i32)
    (loop $l
      (if (call $byte (local.get 0)) (then (return (i32.const 1))))
      (br_if $l (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 131072))))
    (global.get $kept))
  (func (export "analyse") (result i32) (local i32)
    (local.set 0 (call $others))
    (call $read (i32.const 0) (i32.const 0) (i32.const 70000))
    (global.set $kept (call $size (i32.const 0) (i32.const 0)))
    (call $tag (i32.const 70000) (global.get $kept) (f32.convert_i32_s (local.get 0)))
    (i32.const 0)))
